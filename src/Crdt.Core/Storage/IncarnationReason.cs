namespace Crdt.Storage;

/// <summary>Why a store began to write under an id. None of the reasons says that anything is lost; most are doubts, by which nothing need be wrong.</summary>
public enum IncarnationReason
{
    /// <summary>The store was new.</summary>
    Created = 0,

    /// <summary>There was no lease beside the store: it was copied without one, somebody deleted it, or it was made by a version that kept none.</summary>
    LeaseMissing = 1,

    /// <summary>The lease beside the store could not be read, or says nothing that makes sense.</summary>
    LeaseUnreadable = 2,

    /// <summary>The store or its lease is not the file that was written here, but a copy.</summary>
    Copied = 3,

    /// <summary>
    /// The store and its lease are of different times, because one of them was put back from a backup; or because the power failed before
    /// both had reached the disk.
    /// </summary>
    Restored = 4,

    /// <summary>
    /// The clock had been so far ahead that peers held back what was written under the former id. It was right again at this opening, and what no peer had
    /// taken was issued again, with honest times.
    /// </summary>
    ClockAhead = 5,
}
