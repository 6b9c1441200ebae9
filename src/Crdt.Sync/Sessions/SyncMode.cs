namespace Crdt.Sync.Sessions;

/// <summary>How a session brings two sides together: the cheapest way that is right, from nothing to everything.</summary>
public enum SyncMode
{
    /// <summary>Nothing is carried: both have applied the same events and hold the same.</summary>
    Equal,

    /// <summary>The events that one side or both lack.</summary>
    Incremental,

    /// <summary>The states of the entities that differ, because a log no longer goes back far enough, or holds more than the entities do.</summary>
    Reconciled,

    /// <summary>Every entity of one side, because the other is empty.</summary>
    Full,
}
