namespace Crdt.Tests.Sync.Faults;

/// <summary>How two replicas are brought together while something goes wrong.</summary>
public enum Way
{
    /// <summary>By their logs, in both directions.</summary>
    Incremental,

    /// <summary>By their logs, one lane before the other.</summary>
    CriticalFirst,

    /// <summary>By their states, after the log of one was cut.</summary>
    Reconciled,

    /// <summary>By their states, after a session that was cut short and left rows behind.</summary>
    Resumed,

    /// <summary>One has nothing.</summary>
    Full,

    /// <summary>One has nothing, and so much comes that it is staged.</summary>
    FullOfLargeRows,

    /// <summary>By a snapshot of everything.</summary>
    ImportOfStates,

    /// <summary>By a snapshot of the events since a point.</summary>
    ImportOfEvents,
}
