using Crdt.Clocks;
using Crdt.Kernel;

namespace Crdt.Codec;

/// <summary>The replicas that a state which is being made may mention, and which of them it does mention.</summary>
internal sealed class JoinTable
{
    private readonly List<(ReplicaId Replica, bool Used)> _entries = [];

    public JoinTable(StateReader left, StateReader right)
    {
        int i = 0, j = 0;
        while (i < left.ReplicaCount || j < right.ReplicaCount)
        {
            var order = i == left.ReplicaCount ? 1 : j == right.ReplicaCount ? -1 : left.Replica(i).CompareTo(right.Replica(j));
            _entries.Add((order <= 0 ? left.Replica(i) : right.Replica(j), false));
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
    }

    /// <summary>The replicas of a state, and one more.</summary>
    public JoinTable(StateReader state, ReplicaId added)
    {
        for (var i = 0; i < state.ReplicaCount; i++) _entries.Add((state.Replica(i), false));
        var index = _entries.FindIndex(entry => entry.Replica.CompareTo(added) >= 0);
        if (index < 0) _entries.Add((added, false));
        else if (_entries[index].Replica != added) _entries.Insert(index, (added, false));
    }

    public int Count => _entries.Count;

    public ReplicaId this[int index] => _entries[index].Replica;

    /// <summary>The number of a replica, which from now on counts as mentioned.</summary>
    public ulong Use(ReplicaId replica)
    {
        var index = IndexOf(replica);
        if (!_entries[index].Used) _entries[index] = (replica, true);
        return (ulong)index;
    }

    /// <summary>Removes the replicas that nobody mentioned; false where there were none.</summary>
    public bool DropUnused() => _entries.RemoveAll(entry => !entry.Used) > 0;

    /// <summary>Writes the table as the head of a state.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)Count);
        foreach (var (replica, _) in _entries) writer.WriteReplica(replica);
    }

    /// <summary>Writes a context as the block that follows the table.</summary>
    public void WriteRanges(ref WireWriter writer, CausalContext context)
    {
        var mark = writer.BeginBlock();
        foreach (var range in context.Ranges)
        {
            writer.WriteVarint(Use(range.Replica));
            writer.WriteVarint(range.First);
            writer.WriteVarint(range.Last - range.First);
        }

        writer.EndBlock(mark);
    }

    private int IndexOf(ReplicaId replica)
    {
        int low = 0, high = _entries.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_entries[middle].Replica.CompareTo(replica) < 0) low = middle + 1; else high = middle;
        }

        return low;
    }
}
