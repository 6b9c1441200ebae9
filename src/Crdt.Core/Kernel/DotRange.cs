using Crdt.Clocks;

namespace Crdt.Kernel;

/// <summary>Consecutive writes of one replica.</summary>
/// <param name="Replica">Who wrote.</param>
/// <param name="First">The first number, at least 1.</param>
/// <param name="Last">The last number, at least <paramref name="First"/>.</param>
public readonly record struct DotRange(ReplicaId Replica, ulong First, ulong Last) : ICausalContext
{
    /// <inheritdoc/>
    public bool Contains(Dot dot) => dot.Replica == Replica && dot.Counter >= First && dot.Counter <= Last;
}
