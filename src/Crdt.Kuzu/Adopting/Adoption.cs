using Crdt.Sync;

namespace Crdt.Kuzu.Adopting;

/// <summary>A database that became a replica. Disposing it closes the replica.</summary>
/// <param name="Replica">The replica, open.</param>
/// <param name="Notes">What wasn't kept as it was: what the plan says, then the values and rows that couldn't be kept, counted.</param>
public sealed record Adoption(GraphReplica Replica, IReadOnlyList<AdoptionNote> Notes) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Replica.DisposeAsync();
}
