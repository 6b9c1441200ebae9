namespace Crdt.Sync.Sessions;

/// <summary>How far a session has come.</summary>
/// <param name="EventsSent">Events sent so far.</param>
/// <param name="EventsReceived">Events received and durable so far.</param>
public readonly record struct SyncProgress(long EventsSent, long EventsReceived)
{
    /// <summary>Where the session stands.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>How much there is to carry.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>Entities sent so far as states.</summary>
    public long EntitiesSent { get; init; }

    /// <summary>Entities received so far as states, and put aside until all are there.</summary>
    public long EntitiesReceived { get; init; }
}
