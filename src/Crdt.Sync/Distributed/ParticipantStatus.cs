namespace Crdt.Sync.Distributed;

/// <summary>Where a replica is with a distributed transaction.</summary>
public enum ParticipantStatus
{
    /// <summary>It has not heard of it, or has forgotten it since it was over.</summary>
    Unknown,

    /// <summary>It has promised to commit, or is about to, and waits for the outcome. What is touched is reserved.</summary>
    Prepared,

    /// <summary>The commit is known to be decided; that it is durable there is not known yet.</summary>
    Pending,

    /// <summary>The commit is durable there.</summary>
    Committed,

    /// <summary>It was aborted; nothing has changed there.</summary>
    RolledBack,
}
