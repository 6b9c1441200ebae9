using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>A distributed transaction that waits until all of its participants are there.</summary>
/// <param name="Number">Which of the intents of this replica.</param>
/// <param name="Queued">When it was queued.</param>
/// <param name="Participants">Who is to agree, besides this replica.</param>
public sealed record TransactionIntent(ulong Number, DateTimeOffset Queued, IReadOnlyList<ReplicaId> Participants)
{
    /// <summary>Why it was refused for good, so that it is not tried again and waits for <see cref="GraphReplica.CancelIntentAsync"/>; null while it waits for its participants.</summary>
    public string? Refusal { get; init; }

    /// <summary>What it does.</summary>
    internal ReadOnlyMemory<byte> Operations { get; init; }
}
