namespace Crdt.Clocks;

/// <summary>
/// The name of one single write: its writer and the writer's running number, from 1. No two writes ever share a dot
/// (Almeida, Shoker, Baquero, <i>Delta State Replicated Data Types</i>, 2018).
/// </summary>
/// <param name="Replica">Who wrote.</param>
/// <param name="Counter">Which of its writes this is, from 1.</param>
public readonly record struct Dot(ReplicaId Replica, ulong Counter) : IComparable<Dot>
{
    /// <summary>Orders by replica, then by number: the canonical order of every dot store.</summary>
    public int CompareTo(Dot other)
    {
        var byReplica = Replica.CompareTo(other.Replica);
        return byReplica != 0 ? byReplica : Counter.CompareTo(other.Counter);
    }

    /// <summary>
    /// Both halves of the number count, and are seeded anew in every process: dots come from peers, who could otherwise choose them
    /// so that all fall into one bucket.
    /// </summary>
    public override int GetHashCode() => HashCode.Combine(Replica, (uint)Counter, (uint)(Counter >> 32));

    /// <inheritdoc/>
    public override string ToString() => $"{Replica}:{Counter}";
}
