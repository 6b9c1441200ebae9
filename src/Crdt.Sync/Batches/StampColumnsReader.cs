using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="StampColumns"/> wrote.</summary>
internal sealed class StampColumnsReader
{
    private readonly NumberColumnReader _times;
    private readonly NumberColumnReader _ticks;

    public StampColumnsReader(ref WireReader reader) => (_times, _ticks) = (new(ref reader), new(ref reader));

    public ulong Next(ReadOnlySpan<byte> batch, BatchReferences references)
    {
        var (time, tick) = (_times.Next(batch), _ticks.Next(batch));
        return references.Stamps.TryRead(references.Row, time, tick, out var stamp) ? stamp : throw new WireFormatException("a column holds what is no stamp", _ticks.Position);
    }

    public void End()
    {
        _times.End();
        _ticks.End();
    }
}
