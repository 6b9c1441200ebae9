namespace Crdt.Sync.Commit;

/// <summary>What somebody who is asked for an outcome can say. The numbers are part of the protocol.</summary>
internal enum AnswerKind : byte
{
    /// <summary>It was committed; the event comes with the answer.</summary>
    Committed = 1,

    /// <summary>It was aborted, or it never can be committed any more.</summary>
    Aborted = 2,

    /// <summary>I wait for the outcome as well, or have not decided yet.</summary>
    InDoubt = 3,

    /// <summary>I am not the incarnation that you ask, and have no record: I may have lost one, so I say nothing.</summary>
    Unknown = 4,
}
