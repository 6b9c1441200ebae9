using Crdt.Clocks;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Live;

namespace Crdt.Sync.Sessions;

/// <content>What follows a session on the same way, where both sides stay.</content>
internal sealed partial class SyncSession
{
    /// <summary>Whether this side stays when the session is over, and passes on what it applies.</summary>
    public bool Stays { private get; init; }

    /// <summary>Whether the peer stays as well.</summary>
    public bool BothStay => Stays && _peerHello?.Stays == true;

    /// <summary>What the peer can read; nothing compressed where it hasn't said.</summary>
    public IFrameCompressor Compressor => CompressorChoice.Find(Peer is null ? PlainCompressor.WireId : CompressorChoice.Best([.. _self.Codecs], [.. Peer.Codecs]))!;

    /// <summary>The lanes in which events can be passed on from here, once the session is complete.</summary>
    /// <param name="cursorOf">The number in a lane's feed from which on events may be lacking: from before this side introduced itself.</param>
    public IReadOnlyList<LiveLane> LiveLanes(Func<string, long> cursorOf) => [.. _self.Lanes.Select(mine => LiveLaneOf(mine, cursorOf(mine.Standing.Lane))).OfType<LiveLane>().OrderByDescending(lane => lane.IsCritical)];

    /// <summary>Whether this side takes nothing of a lane but signed events.</summary>
    public bool TakesSignedOnly(string lane) => _self.Lanes.Any(mine => mine.Standing.Lane == lane && mine.TakesSignedOnly);

    private LiveLane? LiveLaneOf(LaneIntroduction mine, long cursor)
    {
        var (lane, known) = (mine.Standing.Lane, mine.Standing.Vector.Clone());
        if (Peer is null) return new(lane, known) { Gives = !mine.GivesNothing, Takes = !mine.TakesNothing, TakesSignedOnly = mine.TakesSignedOnly, IsCritical = mine.IsCritical, Cursor = cursor }; // It may only say that it is equal.
        if (Peer.Lanes.FirstOrDefault(introduced => introduced.Standing.Lane == lane) is not { } theirs || !_plans.TryGetValue(lane, out var plan)) return null;
        known.UnionWith(theirs.Standing.Vector);
        // Where the clocks forbid it, or something was left out, the peer doesn't have all that comes before.
        var isWhole = (!plan.IsBlocked || plan.IsClosed) && _exchanges.GetValueOrDefault(lane)?.GivesAll != false;
        return new(lane, known) { Gives = isWhole && !mine.GivesNothing && !theirs.TakesNothing, Takes = !mine.TakesNothing && !theirs.GivesNothing, TakesSignedOnly = mine.TakesSignedOnly, Runs = new(theirs.TakesSignedOnly), IsCritical = mine.IsCritical || theirs.IsCritical, Cursor = cursor };
    }
}
