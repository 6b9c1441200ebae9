using Crdt.Clocks;

namespace Crdt.Entities;

/// <summary>The replicas that one encoding mentions, ascending, so that a dot names its writer by a small number.</summary>
internal sealed class ReplicaTable
{
    private readonly List<ReplicaId> _replicas = [];

    public int Count => _replicas.Count;

    public ReplicaId this[int index] => _replicas[index];

    public void Add(ReplicaId replica)
    {
        var index = _replicas.BinarySearch(replica);
        if (index < 0) _replicas.Insert(~index, replica);
    }

    /// <summary>The number of a replica that was added before.</summary>
    public int IndexOf(ReplicaId replica) => _replicas.Count == 1 ? 0 : _replicas.BinarySearch(replica);
}
