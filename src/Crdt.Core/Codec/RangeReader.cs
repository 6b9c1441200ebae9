using Crdt.Clocks;
using Crdt.Kernel;

namespace Crdt.Codec;

/// <summary>Walks over the encoded ranges of a context and checks that they are in canonical order.</summary>
/// <param name="reader">The ranges, to the end.</param>
/// <param name="table">The replicas that the ranges refer to, 16 bytes each.</param>
internal ref struct RangeReader(WireReader reader, ReadOnlySpan<byte> table)
{
    private readonly ReadOnlySpan<byte> _table = table;
    private WireReader _reader = reader;
    private int _count = 0;

    /// <summary>The range at hand.</summary>
    public DotRange Current { get; private set; }

    /// <summary>The number of its replica in the table.</summary>
    public int Index { get; private set; }

    /// <summary>Goes to the next range; false at the end.</summary>
    public bool MoveNext()
    {
        if (_reader.Remaining == 0) return false;
        var index = _reader.ReadVarint();
        if (index >= (ulong)(_table.Length / ReplicaId.Size)) throw _reader.Malformed($"there is no replica number {index}");
        var (first, more) = (_reader.ReadVarint(), _reader.ReadVarint());
        if (first == 0 || first + more < first) throw _reader.Malformed("a range of dots is out of range");
        RequireApart((int)index, first);
        Index = (int)index;
        Current = new(ReplicaId.Read(_table.Slice(Index * ReplicaId.Size, ReplicaId.Size)), first, first + more);
        return true;
    }

    /// <summary>How many ranges are left. O(bytes).</summary>
    public readonly int Count()
    {
        var count = 0;
        var rest = this;
        while (rest.MoveNext()) count++;
        return count;
    }

    private void RequireApart(int index, ulong first)
    {
        if (_count > 0 && (index < Index || (index == Index && (first <= Current.Last || first - Current.Last < 2))))
            throw _reader.Malformed("the ranges of a context must ascend and not touch");
        if (_count++ == WireLimits.Items) throw _reader.Malformed($"a context exceeds {WireLimits.Items} ranges");
    }
}
