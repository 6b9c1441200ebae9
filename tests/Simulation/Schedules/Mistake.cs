namespace Crdt.Tests.Simulation.Schedules;

/// <summary>What is done wrong on purpose, to see that the simulation notices.</summary>
internal enum Mistake
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The store doesn't keep the vector of what it took from elsewhere.</summary>
    ForgetsVectors,

    /// <summary>The store doesn't keep the clock.</summary>
    ForgetsClock,

    /// <summary>A commit is acknowledged before it is durable, so a crash loses the last one.</summary>
    AcknowledgesEarly,

    /// <summary>One entity of a commit is not written.</summary>
    LosesRows,

    /// <summary>One event of a commit doesn't get into the log.</summary>
    LosesEvents,

    /// <summary>Entities are durable before the rest of their commit, so a crash leaves them alone.</summary>
    TearsCommits,

    /// <summary>A refused commit is written all the same.</summary>
    WritesRefused,

    /// <summary>A disk that was put back is written under the identity that it was copied with.</summary>
    ReusesIdentity,

    /// <summary>What a commit removes stays.</summary>
    KeepsRemoved,
}
