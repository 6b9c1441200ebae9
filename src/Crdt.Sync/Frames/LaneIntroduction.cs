using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Frames;

/// <summary>Where a lane of the speaker stands.</summary>
/// <param name="Standing">Its vector, floor, root and size.</param>
/// <param name="HasStaged">Whether rows of the peer are put aside from a session that was interrupted.</param>
public sealed record LaneIntroduction(LaneStanding Standing, bool HasStaged)
{
    /// <summary>Whether the speaker wants it brought up to date before the lanes that are not critical to either side.</summary>
    public bool IsCritical { get; init; }
}
