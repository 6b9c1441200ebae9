namespace Crdt.Sync.Sessions;

/// <summary>How much a session has to carry, judged by the vectors of both sides.</summary>
public enum SyncMode
{
    /// <summary>Nothing: both have applied the same events.</summary>
    Equal,

    /// <summary>The events that one side or both lack.</summary>
    Incremental,

    /// <summary>Everything: one side is empty.</summary>
    Full,
}
