using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="DotColumns"/> wrote.</summary>
internal sealed class DotColumnsReader
{
    private readonly NumberColumnReader _replicas;
    private readonly NumberColumnReader _numbers;

    public DotColumnsReader(ref WireReader reader) => (_replicas, _numbers) = (new(ref reader), new(ref reader));

    /// <summary>Appends the next dot.</summary>
    public void CopyTo(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        var replica = _replicas.NextPlace(batch, references.Table.Length);
        output.WriteVarint((ulong)replica);
        output.WriteVarint(references.Dots.Number(references.Table[replica], references.Row, _numbers.Next(batch)));
    }

    public void End()
    {
        _replicas.End();
        _numbers.End();
    }
}
