namespace Crdt.Sync.Commit;

/// <summary>How a distributed transaction ended. The numbers are part of the records.</summary>
public enum CommitOutcome : byte
{
    /// <summary>Its event takes effect everywhere.</summary>
    Commit = 1,

    /// <summary>It has no effect anywhere.</summary>
    Abort = 2,
}
