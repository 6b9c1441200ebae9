namespace Crdt.Tests.Sync.Faults;

/// <summary>What becomes of one call of a store, and of those after it.</summary>
public enum FaultKind
{
    /// <summary>A write is refused before anything of it is durable, once.</summary>
    WriteRefused,

    /// <summary>The disk is full from this write on, until it is mended.</summary>
    DiskFull,

    /// <summary>The process ends before the write is durable.</summary>
    CrashBefore,

    /// <summary>The process ends in the middle of the write, of which a part is in the store's file.</summary>
    CrashAmid,

    /// <summary>The process ends when the write is durable, and before anybody has heard of that.</summary>
    CrashAfter,

    /// <summary>A read fails, once.</summary>
    ReadFailed,

    /// <summary>Every read fails from this one on, until the disk is mended.</summary>
    DiskUnreadable,
}
