namespace Crdt.Sync.Sessions;

/// <summary>What a session did in one lane.</summary>
/// <param name="Mode">How the lane was brought together.</param>
/// <param name="Reason">Why this way was chosen.</param>
/// <param name="IsComplete">Whether each side has now what the other had; false where the state of the clocks forbade it, as the reason says, or one side has held back or refused events of the other.</param>
public sealed record LaneResult(SyncMode Mode, string Reason, bool IsComplete)
{
    /// <summary>How many cells, checksums and hashes this side compared to find the difference; 0 on the side that was told it.</summary>
    public int Comparisons { get; init; }

    /// <summary>
    /// Whether the lane was held back in favour of critical ones. Nothing of it was carried or compared, and <see cref="Mode"/> says nothing; it is
    /// all still there for a later session to carry.
    /// </summary>
    public bool IsDeferred { get; init; }

    /// <summary>
    /// Whether another session brings the rest at once: what one side takes as signed events only has come so, and what goes the other way comes as states; or a log was cut off while it was being sent.
    /// </summary>
    public bool GoesOn { get; init; }
}
