using Crdt.Sync.Lanes;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Frames;

/// <summary>Where a lane of the speaker stands.</summary>
/// <param name="Standing">Its vector, floor, root and size.</param>
/// <param name="HasStaged">Whether rows of the peer are put aside from a session that was interrupted.</param>
public sealed record LaneIntroduction(LaneStanding Standing, bool HasStaged)
{
    /// <summary>Whether the speaker wants it brought up to date before the lanes that are not critical to either side.</summary>
    public bool IsCritical { get; init; }

    /// <summary>Whether the speaker takes nothing of it from the peer, which may not write it.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>Whether the speaker gives nothing of it to the peer, which may not read it.</summary>
    public bool GivesNothing { get; init; }

    /// <summary>Whether the speaker takes nothing from the peer but signed events: see <see cref="LaneAccess.Trusted"/>.</summary>
    public bool TakesSignedOnly { get; init; }

    /// <summary>What a peer is told of the lane that may do so much in it: who may not read it learns neither what is in it nor how much.</summary>
    internal LaneIntroduction To(LaneAccess access)
    {
        var told = this with { TakesNothing = !access.HasFlag(LaneAccess.Write), GivesNothing = !access.HasFlag(LaneAccess.Read), TakesSignedOnly = !access.HasFlag(LaneAccess.Trusted) };
        return told.GivesNothing ? told with { Standing = Standing with { Count = 0, Root = 0 } } : told;
    }
}
