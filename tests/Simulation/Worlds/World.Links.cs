using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Testing.Histories;
using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>The sessions and their ways.</content>
internal sealed partial class World
{
    private const int MostLinks = 6;

    /// <summary>Frames of a session that has no events to carry: in each direction a hello, a bye, and a done for each lane, doubled for what is doubled on the way.</summary>
    private const int LeastFrames = 16;

    /// <summary>What a session's window lets be under way to one side: a hello, a bye, and in each of two lanes two frames of events, a done and the confirmations; doubled likewise.</summary>
    private const int MostArriving = 24;

    private static readonly string[] Tamperings = ["Doubled", "Lost", "Altered", "CutShort", "Overtaken"];

    private readonly List<Link> _links = [];
    private readonly HashSet<Link> _resets = [];
    private readonly List<(Link Link, LinkEnd End)> _arrivals = [];
    private int _linksBegun;

    private Link? Connect(Peer left, Peer right)
    {
        if (_links.Count >= MostLinks) return null;
        var link = new Link(++_linksBegun, left, right);
        Tally.Sessions++;
        if (Trace.IsRead) Trace.Say($"      {link}");
        _links.Add(link);
        link.Left.Session = left.Replica!.SyncAsync(link.Left);
        link.Right.Session = right.Replica!.SyncAsync(link.Right);
        return link;
    }

    private bool DeliverAny(Dice dice)
    {
        _arrivals.Clear();
        foreach (var link in _links)
        {
            if (link.Left.CanArrive) _arrivals.Add((link, link.Left));
            if (link.Right.CanArrive) _arrivals.Add((link, link.Right));
        }

        if (_arrivals.Count == 0) return false;
        var (way, end) = _arrivals[dice.Below(_arrivals.Count)];
        Deliver(way, end);
        Settle();
        return true;
    }

    private void Deliver(Link link, LinkEnd end)
    {
        if (end.Arriving.First is { } frame)
        {
            Trace.Mix(frame.Value.Span);
            if (Trace.IsRead) Trace.Say($"      {link}: {(FrameType)frame.Value.Span[0]} of {frame.Value.Length} bytes to {end.Peer.Name}");
        }

        Tally.Frames++;
        link.Frames++;
        end.Arrive();
    }

    private void Drain(Dice dice)
    {
        while (DeliverAny(dice))
        {
        }

        // A frame that was lost is waited for until somebody loses patience.
        foreach (var link in _links) Require(link.IsTampered, $"{link} makes no progress");
        foreach (var link in _links) link.Break();
        Settle();
    }

    private void BreakAny(Dice dice)
    {
        if (_links.Count == 0) return;
        Tally.Fault(StepKind.Break);
        var link = _links[dice.Below(_links.Count)];
        if (Trace.IsRead) Trace.Say($"      {link}");
        link.Break();
    }

    private void TamperAny(Dice dice)
    {
        if (_links.Count > 0 && dice.OneIn(2))
        {
            // Frames of events lie around for moments only, so whoever wants to meet one waits for it.
            var awaited = dice.Pick(0, 1, 1, 4, 4);
            _links[dice.Below(_links.Count)].Awaited = awaited;
            Tally.Fault(Tamperings[awaited]);
            return;
        }

        var ends = _links.SelectMany(link => new[] { link.Left, link.Right }).Where(end => end.IsWaiting && end.Arriving.Count > 0).ToList();
        if (ends.Count == 0) return;
        // What is lost or overtaken among events is what tries the order of causes.
        if (ends.FindAll(end => (FrameType)end.Arriving.First!.Value.Span[0] == FrameType.Events) is { Count: > 0 } carrying && !dice.OneIn(4)) ends = carrying;
        var end = ends[dice.Below(ends.Count)];
        var link = LinkOf(end);
        var (frame, how) = (end.Arriving.First!.Value.ToArray(), dice.Pick(0, 1, 1, 1, 2, 3, 4, 4, 4));
        Tally.Fault(Tamperings[how]);
        if (Trace.IsRead) Trace.Say($"      {link}: frame to {end.Peer.Name} {Tamperings[how]}");
        link.Tamper();
        if (how != 0) end.Arriving.RemoveFirst();
        switch (how)
        {
            case 0:
                end.Arriving.AddFirst(frame);
                break;
            case 2:
                frame[dice.Below(frame.Length)] ^= (byte)(1 << dice.Below(8));
                DeliverDamaged(end, frame);
                break;
            case 3:
                DeliverDamaged(end, frame[..dice.Below(frame.Length)]);
                break;
            case 4 when end.Arriving.First is { } next:
                end.Arriving.AddAfter(next, frame);
                break;
        }
    }

    private void DeliverDamaged(LinkEnd end, byte[] frame)
    {
        end.Arriving.AddFirst(frame);
        var before = end.Peer.Seen.Revision;
        end.Arrive();
        Require(end.Session!.Exception?.InnerException is SessionException { Reason: SessionEnd.Malformed }, $"{end.Peer.Name} took a damaged frame");
        Require(end.Peer.Seen.Revision == before, $"{end.Peer.Name} wrote something because of a damaged frame");
    }

    /// <summary>Tells those who talk with a peer that it is gone: by the end of what it sent, or by the loss of everything under way.</summary>
    private void Abandon(Peer peer, bool closes)
    {
        foreach (var link in _links.Where(link => link.Left.Peer == peer || link.Right.Peer == peer))
        {
            link.WasAbandoned = true;
            if (!closes) continue;
            if (_dice.OneIn(2)) _resets.Add(link);
            (link.Left.Peer == peer ? link.Left : link.Right).Close();
        }
    }

    /// <summary>Looks at what has become of the sessions.</summary>
    private void Settle()
    {
        while (_resets.Count > 0) // Who hears of it may crash, and leave others behind.
        {
            var link = _resets.First();
            _resets.Remove(link);
            link.Break();
        }

        for (var i = _links.Count - 1; i >= 0; i--)
        {
            var link = _links[i];
            Settle(link, link.Left);
            Settle(link, link.Right);
            if (link.Frames > LeastFrames + Reckoning.Count * 4) throw new SimulationException($"{link} took {link.Frames} frames");
            if (link.IsOver) _links.RemoveAt(i);
        }
    }

    private void Settle(Link link, LinkEnd end)
    {
        if (end.IsClosed) return;
        if (end.Arriving.Count > MostArriving) throw new SimulationException($"{link} has {end.Arriving.Count} frames under way");
        if (!end.HasEnded)
        {
            if (!end.IsWaiting) throw new SimulationException($"{link} is neither over nor waiting at {end.Peer.Name}");
            return;
        }

        end.Close();
        if (end.Session!.IsCompletedSuccessfully)
        {
            var result = end.Session.GetAwaiter().GetResult();
            Tally.Held += result.Held;
            Tally.Modes[result.Mode] = Tally.Modes.GetValueOrDefault(result.Mode) + 1;
            Require(result is { Refused: 0, RefusedByPeer: 0 }, $"{link} refused events at {end.Peer.Name} although nobody makes malformed ones");
            return;
        }

        var error = end.Session.Exception!.InnerException!;
        if (Trace.IsRead) Trace.Say($"      {link} ends at {end.Peer.Name}: {error.Message}");
        var isTyped = error is SessionException or IOException or StoreException or ObjectDisposedException;
        // A clock that is set while a session is under way may turn out to be wrong only when states are to be taken.
        var isClock = error is SessionException { Reason: SessionEnd.ClockAhead };
        var isCut = link.WasCut && error is SessionException { Reason: SessionEnd.Outdated };
        Require(isTyped && (link.MayFail || isClock || isCut), $"{link} failed at {end.Peer.Name}: {error}");
    }

    private Link LinkOf(LinkEnd end) => _links.Find(link => link.Left == end || link.Right == end)!;

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new SimulationException(otherwise);
    }
}
