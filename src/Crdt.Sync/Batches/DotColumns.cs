using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Dots as two columns of numbers: the replica's place in the row's table, and the number.</summary>
internal sealed class DotColumns : IDisposable
{
    private readonly NumberColumn _replicas = new();
    private readonly NumberColumn _numbers = new();

    public void Add(BatchReferences references, int replica, ulong number)
    {
        _replicas.Add((ulong)replica);
        _numbers.Add(references.Dots.Code(references.Table[replica], references.Row, number));
    }

    public void Write(ref WireWriter writer)
    {
        _replicas.Write(ref writer);
        _numbers.Write(ref writer);
    }

    public void Dispose()
    {
        _replicas.Dispose();
        _numbers.Dispose();
    }
}
