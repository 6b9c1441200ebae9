namespace Crdt.Sync.Conflicts;

/// <summary>What met what.</summary>
public enum ConflictKind
{
    /// <summary>One register was written by several replicas that did not know of each other.</summary>
    ConcurrentUpdate,

    /// <summary>An entity was deleted by one replica and written to by another; it stays deleted, and what was written is kept.</summary>
    DeletedAndUpdated,

    /// <summary>
    /// A relationship is hidden by one that was connected later, concurrently, where its type's multiplicity allows no more.
    /// Deleting either settles it, and so does connecting either again.
    /// </summary>
    ConnectedElsewhere,

    /// <summary>Two nodes have one value of a unique field, written by replicas that did not know of each other. Writing another value to either settles it, and so does deleting either.</summary>
    DuplicateValue,
}
