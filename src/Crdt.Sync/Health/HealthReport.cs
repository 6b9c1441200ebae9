using Crdt.Sync.Offline;

namespace Crdt.Sync.Health;

/// <summary>How a replica is: what it holds back, waits for, refuses and has not shown yet.</summary>
/// <param name="ClockLead">How far the replica's clock is ahead of its wall clock, because it has seen later stamps or the wall clock was set back; zero where it isn't.</param>
public sealed record HealthReport(TimeSpan ClockLead)
{
    /// <summary>The origins whose events were held back for their clock since the replica was opened, the first 64 of them.</summary>
    public IReadOnlyList<HeldOrigin> Held { get; init; } = [];

    /// <summary>By lane, the events that wait for others that they depend on.</summary>
    public IReadOnlyDictionary<string, WaitingEvents> Waiting { get; init; } = new Dictionary<string, WaitingEvents>();

    /// <summary>The origins one of whose events is malformed. Durable; <see cref="GraphReplica.ReadEvidenceAsync"/> reads the event.</summary>
    public IReadOnlyList<QuarantinedOrigin> Quarantined { get; init; } = [];

    /// <summary>The origins that have signed two histories, the first 16 of them. Durable.</summary>
    public IReadOnlyList<Equivocation> Equivocations { get; init; } = [];

    /// <summary>The peers that hold different data after the same events, as sessions have shown since the replica was opened; the first 16 of them.</summary>
    public IReadOnlyList<DivergedPeer> Diverged { get; init; } = [];

    /// <summary>What was committed here and no peer is known to hold.</summary>
    public QueuedOperations OfflineQueue { get; init; }

    /// <summary>How far the graph database is behind; null where the replica has none.</summary>
    public ProjectionHealth? Projection { get; init; }
}
