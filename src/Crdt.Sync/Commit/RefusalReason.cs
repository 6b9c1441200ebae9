namespace Crdt.Sync.Commit;

/// <summary>Why a transaction can't be committed. The numbers are part of the protocol.</summary>
public enum RefusalReason : byte
{
    /// <summary>The operations are not valid on the data that the participant has.</summary>
    Invalid = 1,

    /// <summary>An entity is reserved for another transaction, which is named.</summary>
    Reserved = 2,

    /// <summary>What has to be durable could not be made so: the disk is full, or failed.</summary>
    NotDurable = 3,

    /// <summary>Something took longer than its deadline.</summary>
    TooLate = 4,

    /// <summary>The participant knows already that the transaction was aborted, or is over.</summary>
    Over = 5,

    /// <summary>The participant is not, or is no longer, the incarnation that was asked.</summary>
    NotParticipant = 6,

    /// <summary>The participant has as many transactions as it takes.</summary>
    Busy = 7,

    /// <summary>The caller aborted.</summary>
    Caller = 8,

    /// <summary>Somebody has a unique value already that the transaction gives to another.</summary>
    Taken = 9,
}
