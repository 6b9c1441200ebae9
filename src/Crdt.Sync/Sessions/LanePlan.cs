using Crdt.Clocks;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Sessions;

/// <summary>
/// How a lane is brought together. Both sides work it out from both introductions and come to the same, so nothing needs to be agreed on.
/// </summary>
/// <param name="Mode">The way.</param>
/// <param name="Sends">Whether this side has something to send.</param>
/// <param name="Receives">Whether the peer has.</param>
/// <param name="Reason">Why this way was chosen.</param>
internal sealed record LanePlan(SyncMode Mode, bool Sends, bool Receives, string Reason)
{
    /// <summary>A log that holds more than this many writes for each entity costs more than the entities.</summary>
    private const long WritesPerEntity = 4;

    /// <summary>So few writes are always cheapest as events.</summary>
    private const long FewWrites = 256;

    /// <summary>How many writes one side or the other lacks.</summary>
    public long Lacking { get; private init; }

    /// <summary>Whether the lane can't be brought together now, wholly or in part.</summary>
    public bool IsBlocked { get; private init; }

    /// <summary>Whether nothing but the rights stands in the way.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>Whether another session will bring the rest, which comes as states, once the events of this one are there.</summary>
    public bool GoesOn { get; private init; }

    /// <summary>Whether both have applied the same events and yet hold different data, which no honest history leads to.</summary>
    public bool IsDiverged { get; private init; }

    /// <summary>The plan as this side sees it.</summary>
    public static LanePlan For(Frame.Introduction self, Frame.Introduction peer, LaneIntroduction mine, LaneIntroduction theirs)
    {
        var (here, there) = (mine.Standing, theirs.Standing);
        var (sends, receives) = (!there.Vector.Covers(here.Vector), !here.Vector.Covers(there.Vector));
        var isBlind = mine.GivesNothing || theirs.GivesNothing;
        if (!sends && !receives) return new(SyncMode.Equal, false, false, "both have applied the same") { IsDiverged = !isBlind && here.Root != there.Root };
        if (Closed(self, peer, mine, theirs, sends, receives) is not { } closed) return For(self, peer, mine, theirs, sends, receives);
        (sends, receives) = (sends && MayGo(mine, theirs), receives && MayGo(theirs, mine));
        var open = sends || receives ? For(self, peer, mine, theirs, sends, receives) : new(SyncMode.Equal, false, false, closed);
        return open with { Reason = closed, IsBlocked = true, IsClosed = !open.IsBlocked };
    }

    private static LanePlan For(Frame.Introduction self, Frame.Introduction peer, LaneIntroduction mine, LaneIntroduction theirs, bool sends, bool receives)
    {
        var (here, there) = (mine.Standing, theirs.Standing);
        var (servesThem, servesUs) = (!sends || Serves(here, there.Vector), !receives || Serves(there, here.Vector));
        var needsEvents = Lead(self, peer) ?? Lead(peer, self) ?? Distrust(self, peer, mine, theirs, sends, receives);
        if (needsEvents is null && sends && IsEmpty(theirs) && !(servesThem && LackingOf(here, there) < here.Count)) return new(SyncMode.Full, true, false, "the peer is empty");
        if (needsEvents is null && receives && IsEmpty(mine) && !(servesUs && LackingOf(there, here) < there.Count)) return new(SyncMode.Full, false, true, "this side is empty");
        var lacking = (sends ? LackingOf(here, there) : 0) + (receives ? LackingOf(there, here) : 0);
        var isLong = lacking > FewWrites + (WritesPerEntity * Math.Max(here.Count, there.Count));
        if (servesThem && servesUs && (!isLong || needsEvents is not null)) return new(SyncMode.Incremental, sends, receives, $"the logs hold the {lacking} writes that are lacking");
        // Digests would tell a peer that may not read the lane whether it has guessed right: it sends all that it has instead.
        if (needsEvents is null && (mine.GivesNothing || theirs.GivesNothing)) return new(SyncMode.Full, sends, receives, "one side may not read the lane");
        if (needsEvents is null) return new(SyncMode.Reconciled, sends, receives, isLong ? $"{lacking} writes are lacking, more than the entities are worth" : "a log does not go back far enough") { Lacking = lacking };
        return new(SyncMode.Incremental, sends && servesThem, receives && servesUs, needsEvents) { IsBlocked = true, GoesOn = GoesOnByStates(self, peer, mine, theirs, (sends, servesThem), (receives, servesUs)) };
    }

    // Once the side that takes signed events only has them, it needs no states, and gives its own.
    private static bool GoesOnByStates(Frame.Introduction self, Frame.Introduction peer, LaneIntroduction mine, LaneIntroduction theirs, (bool IsNeeded, bool IsServed) there, (bool IsNeeded, bool IsServed) here)
    {
        var isServed = (!there.IsNeeded || !theirs.TakesSignedOnly || there.IsServed) && (!here.IsNeeded || !mine.TakesSignedOnly || here.IsServed);
        return isServed && Lead(self, peer) is null && Lead(peer, self) is null && !mine.GivesNothing && !theirs.GivesNothing;
    }

    /// <summary>Whether a log holds everything that a reader lacks.</summary>
    public static bool Serves(LaneStanding server, VersionVector reader)
    {
        foreach (var (origin, counter) in server.Vector.Entries)
        {
            if (counter > reader[origin] && server.Floor[origin] > reader[origin]) return false;
        }

        return true;
    }

    private static bool MayGo(LaneIntroduction from, LaneIntroduction to) => !from.GivesNothing && !to.TakesNothing;

    /// <summary>Why something that is lacking may not go; null where all of it may.</summary>
    private static string? Closed(Frame.Introduction self, Frame.Introduction peer, LaneIntroduction mine, LaneIntroduction theirs, bool sends, bool receives)
    {
        string? Reason(Frame.Introduction from, LaneIntroduction giver, Frame.Introduction to, LaneIntroduction taker) =>
            giver.GivesNothing ? $"'{to.Name}' may not read the lane of '{from.Name}'" : taker.TakesNothing ? $"'{from.Name}' may not write the lane of '{to.Name}'" : null;
        var reasons = new[] { sends ? Reason(self, mine, peer, theirs) : null, receives ? Reason(peer, theirs, self, mine) : null };
        var closed = string.Join(", and ", reasons.OfType<string>());
        return closed.Length == 0 ? null : $"{closed}; what is lacking stays where it is until the rights are given";
    }

    private static long LackingOf(LaneStanding server, LaneStanding reader)
    {
        UInt128 writes = 0;
        foreach (var (origin, counter) in server.Vector.Entries) writes += counter - Math.Min(counter, reader.Vector[origin]);
        return (long)UInt128.Min(writes, long.MaxValue / 2);
    }

    private static bool IsEmpty(LaneIntroduction lane) => lane.Standing.Vector.Entries.Count == 0 && !lane.HasStaged;

    // In states nothing shows who wrote what, so they are taken from whom one believes.
    private static string? Distrust(Frame.Introduction self, Frame.Introduction peer, LaneIntroduction mine, LaneIntroduction theirs, bool sends, bool receives) =>
        receives && mine.TakesSignedOnly ? Distrust(self, peer) : sends && theirs.TakesSignedOnly ? Distrust(peer, self) : null;

    private static string Distrust(Frame.Introduction taker, Frame.Introduction giver) =>
        $"'{taker.Name}' takes only signed events from '{giver.Name}', and a log does not go back far enough; sync again, and where that says so again, give the peer the right 't' in the lane";

    // States can't be held back one by one, as events can, so a replica whose clock is wrong gives none.
    private static string? Lead(Frame.Introduction of, Frame.Introduction over)
    {
        var lead = TimeSpan.FromMilliseconds(of.Clock.Milliseconds - over.Wall.Milliseconds);
        return lead <= over.MaxClockLead ? null : $"the clock of '{of.Name}' is {lead:g} ahead of that of '{over.Name}', so only events can be taken; set the clock right and sync again";
    }
}
