namespace Crdt.Tests.Simulation.Commits;

/// <summary>What can be wrong with what drives two-phase commit, so that it can be seen whether anybody notices.</summary>
internal enum CommitMistake
{
    None,

    /// <summary>A promise is acknowledged before it is durable: the disk forgets it in a crash.</summary>
    ForgetsPromises,

    /// <summary>The decision isn't in the store transaction of its event.</summary>
    ForgetsDecisions,

    /// <summary>Local commits don't ask for reservations.</summary>
    IgnoresReservations,
}
