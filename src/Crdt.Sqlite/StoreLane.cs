namespace Crdt.Sqlite;

/// <summary>A lane as the file knows it.</summary>
/// <param name="Id">Its number in the file, from 1.</param>
/// <param name="LastEvent">The number of the last event in its log; 0 where it has none.</param>
internal readonly record struct StoreLane(long Id, long LastEvent)
{
    /// <summary>The number below the first event of the lane.</summary>
    public long Start => Id << Layout.EventBits;
}
