using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Stamps as two columns of numbers: milliseconds and counters.</summary>
internal sealed class StampColumns : IDisposable
{
    private readonly NumberColumn _times = new();
    private readonly NumberColumn _ticks = new();

    public void Add(BatchReferences references, ulong stamp)
    {
        var (time, tick) = references.Stamps.Code(references.Row, stamp);
        _times.Add(time);
        _ticks.Add(tick);
    }

    public void Write(ref WireWriter writer)
    {
        _times.Write(ref writer);
        _ticks.Write(ref writer);
    }

    public void Dispose()
    {
        _times.Dispose();
        _ticks.Dispose();
    }
}
