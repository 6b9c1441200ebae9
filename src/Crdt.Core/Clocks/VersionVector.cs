using System.Runtime.InteropServices;
using Crdt.Codec;
using Crdt.Kernel;

namespace Crdt.Clocks;

/// <summary>
/// Per replica the number up to which every one of its writes has been seen: a causal context without gaps. Entries are
/// kept in the order of their ids; a replica that is absent stands at 0. Owned by one, not safe for several threads.
/// </summary>
public sealed class VersionVector : ICausalContext, IEquatable<VersionVector>
{
    private readonly List<(ReplicaId Replica, ulong Counter)> _entries;

    /// <summary>A vector that covers nothing.</summary>
    public VersionVector() => _entries = [];

    private VersionVector(List<(ReplicaId, ulong)> entries) => _entries = entries;

    /// <summary>The entries, ascending by replica; none is 0.</summary>
    public IReadOnlyList<(ReplicaId Replica, ulong Counter)> Entries => _entries;

    /// <summary>The newest number of <paramref name="replica"/> up to which everything has been seen; 0 when nothing was. O(log n).</summary>
    public ulong this[ReplicaId replica]
    {
        get
        {
            var index = IndexOf(replica);
            return index >= 0 ? _entries[index].Counter : 0;
        }
    }

    /// <inheritdoc/>
    public bool Contains(Dot dot) => dot.Counter <= this[dot.Replica];

    /// <summary>Whether everything that <paramref name="other"/> covers is covered here too. O(n).</summary>
    public bool Covers(VersionVector other)
    {
        foreach (var (replica, counter) in CollectionsMarshal.AsSpan(other._entries))
        {
            if (this[replica] < counter) return false;
        }

        return true;
    }

    /// <summary>Raises one entry; a lower number changes nothing.</summary>
    public void Advance(ReplicaId replica, ulong counter)
    {
        if (counter == 0) return;
        var index = IndexOf(replica);
        if (index < 0) _entries.Insert(~index, (replica, counter));
        else if (_entries[index].Counter < counter) _entries[index] = (replica, counter);
    }

    /// <summary>Takes the maximum of both, entry by entry: the join of two vectors.</summary>
    public void UnionWith(VersionVector other)
    {
        foreach (var (replica, counter) in other._entries) Advance(replica, counter);
    }

    /// <summary>An independent copy.</summary>
    public VersionVector Clone() => new([.. _entries]);

    /// <inheritdoc/>
    public bool Equals(VersionVector? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionVector);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Count == 0 ? 0 : HashCode.Combine(_entries.Count, _entries[0]);

    /// <inheritdoc/>
    public override string ToString() => "{" + string.Join(", ", _entries.Select(e => $"{e.Replica}: {e.Counter}")) + "}";

    /// <summary>Writes <c>count { id[16] counter }</c>, ascending by id.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)_entries.Count);
        foreach (var (replica, counter) in _entries)
        {
            writer.WriteReplica(replica);
            writer.WriteVarint(counter);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="WireFormatException">The entries are too many, not ascending, or hold a 0.</exception>
    public static VersionVector Read(ref WireReader reader)
    {
        var count = reader.ReadCount(bytesEach: ReplicaId.Size + 1);
        var entries = new List<(ReplicaId, ulong)>(count);
        for (var i = 0; i < count; i++)
        {
            var replica = reader.ReadReplica();
            if (i > 0 && replica.CompareTo(entries[i - 1].Item1) <= 0) throw reader.Malformed("the replicas of a version vector must ascend");
            var counter = reader.ReadVarint();
            if (counter == 0) throw reader.Malformed("a version vector has no entry of 0");
            entries.Add((replica, counter));
        }

        return new(entries);
    }

    private int IndexOf(ReplicaId replica)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = entries[middle].Replica.CompareTo(replica);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1; else high = middle - 1;
        }

        return ~low;
    }
}
