namespace Crdt.Sync.Commit;

/// <summary>Where a participant is with a transaction.</summary>
internal enum ParticipantPhase
{
    /// <summary>Its entities are reserved; whether the operations are valid is being found out.</summary>
    Validating,

    /// <summary>The promise is being made durable.</summary>
    Recording,

    /// <summary>It has voted for commit, and is in doubt until it hears the outcome.</summary>
    Prepared,

    /// <summary>The commit is known, and is being applied.</summary>
    Applying,

    /// <summary>The commit is known and could not be applied yet.</summary>
    Stalled,

    /// <summary>The commit is durable here.</summary>
    Committed,

    /// <summary>It never voted for commit, and is making it durable that it never will.</summary>
    Refusing,

    /// <summary>It was aborted.</summary>
    Aborted,

    /// <summary>An operator has settled it, and nobody has told the outcome.</summary>
    Settled,
}
