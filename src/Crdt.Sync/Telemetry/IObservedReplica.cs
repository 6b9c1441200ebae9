namespace Crdt.Sync.Telemetry;

/// <summary>What can be asked of a replica at any moment, without waiting.</summary>
internal interface IObservedReplica
{
    string Name { get; }

    /// <summary>How many commits the graph database doesn't show; null without one.</summary>
    long? ProjectionLag { get; }

    /// <summary>How many operations wait for a peer; null while they have not been counted.</summary>
    long? QueuedOperations { get; }

    long? QuarantinedOrigins { get; }
}
