namespace Crdt.Sync.Verification;

/// <summary>How a row of the graph database differs from the truth.</summary>
public enum DifferenceKind
{
    /// <summary>The truth shows an entity, and the database has no row for it.</summary>
    Missing,

    /// <summary>The database has a row for what the truth doesn't show, or a second one for what it does.</summary>
    Extra,

    /// <summary>The row is there, and some of its columns hold something else.</summary>
    Different,
}
