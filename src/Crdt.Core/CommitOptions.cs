namespace Crdt;

/// <summary>How long the coordinator and the participants of a distributed transaction wait, and how much they keep.</summary>
public sealed record CommitOptions
{
    /// <summary>From the beginning of a transaction to its decision; later it is aborted. 30 seconds by default.</summary>
    public TimeSpan DecisionDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a participant keeps its promise before it begins to ask. 10 seconds by default.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most that a participant concedes of that, whatever is asked. A minute by default.</summary>
    public TimeSpan MaxLease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two inquiries, two attempts to apply, and two sendings of a decision. 5 seconds by default.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a local commit that claims unique values (<see cref="UniqueAttribute"/>) waits for the votes of the peers that stand ready, before it goes on without those that have not answered. 3 seconds by default.
    /// </summary>
    public TimeSpan ClaimWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many transactions a participant has, open or remembered, before it refuses more. 1,024 by default.</summary>
    public int MaxTransactions { get; init; } = 1024;

    /// <summary>How many numbers one record grants; a restart leaves out what is left of them. 256 by default.</summary>
    public int NumbersGranted { get; init; } = 256;

    /// <summary>How long a commit that is decided waits for the participants to have it, before it returns with some of them pending. 5 seconds by default.</summary>
    public TimeSpan AcknowledgementWait { get; init; } = TimeSpan.FromSeconds(5);
}
