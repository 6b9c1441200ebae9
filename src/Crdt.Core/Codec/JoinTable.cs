using Crdt.Clocks;

namespace Crdt.Codec;

/// <summary>The replicas that a joined state may mention, and which of them it does mention.</summary>
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
