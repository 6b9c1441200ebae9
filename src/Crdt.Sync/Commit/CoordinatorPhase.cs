namespace Crdt.Sync.Commit;

/// <summary>Where the coordinator is with a transaction. One that it doesn't have was aborted or has ended.</summary>
internal enum CoordinatorPhase
{
    /// <summary>Begun; nobody was asked.</summary>
    Begun,

    /// <summary>Its number is being made durable, so that no other transaction can get it.</summary>
    Numbering,

    /// <summary>Votes come in, and the caller has to say that it wants to commit.</summary>
    Voting,

    /// <summary>All have voted for commit, and the decision is being made durable.</summary>
    Deciding,

    /// <summary>The commit is durable; acknowledgements come in.</summary>
    Committed,
}
