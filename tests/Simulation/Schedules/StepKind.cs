namespace Crdt.Tests.Simulation.Schedules;

/// <summary>What can happen in a step.</summary>
internal enum StepKind
{
    /// <summary>A transaction, begun and committed.</summary>
    Write,

    /// <summary>A transaction is begun and stays open, or the one that is open is committed.</summary>
    Hold,

    /// <summary>Two replicas begin a session.</summary>
    Connect,

    /// <summary>Some frames arrive, of whichever sessions.</summary>
    Deliver,

    /// <summary>All that is under way arrives, in a random order over the sessions.</summary>
    Drain,

    /// <summary>Time passes.</summary>
    Tick,

    /// <summary>The clock of a replica is set, or goes wrong by and by.</summary>
    Clock,

    /// <summary>A session's way breaks.</summary>
    Break,

    /// <summary>A frame is doubled, lost, altered, cut short or overtaken.</summary>
    Tamper,

    /// <summary>One of the next writes of a replica's store is its last, before or after it is durable.</summary>
    CrashLater,

    /// <summary>One of the next writes of a replica's store is refused, as if the disk were full.</summary>
    RefuseLater,

    /// <summary>A replica dies between two writes.</summary>
    Crash,

    /// <summary>A replica is closed in order.</summary>
    Close,

    /// <summary>A replica that wasn't there begins.</summary>
    Join,

    /// <summary>A copy of a replica's disk is made.</summary>
    Copy,

    /// <summary>A replica's disk is put back to the copy.</summary>
    Restore,

    /// <summary>The log of a replica is cut.</summary>
    Cut,

    /// <summary>A replica is declared offline, or online again.</summary>
    Declare,

    /// <summary>A replica writes a snapshot of everything, or of what is new since a point.</summary>
    Export,

    /// <summary>A replica takes over a snapshot that somebody has written.</summary>
    Import,
}
