using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>The end of the faults, and what has to come of it in bounded time.</content>
internal sealed partial class World
{
    /// <summary>
    /// How often everybody syncs. Once is enough for all that anybody has applied. An event whose origin has lost it since can be left in memory, where
    /// one replica lets it wait for another event: the pass that brings that one sets it free, and the next one spreads it. Two such in a row take three.
    /// </summary>
    private const int MostPasses = 3;

    /// <summary>More than clocks were ahead, so that nothing is from the future any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(10);

    private void ComeToRest()
    {
        Trace.Say("    faults end");
        foreach (var peer in _peers) peer.Arm(WriteFault.None, 0);
        Drain(_dice);
        foreach (var peer in _peers)
        {
            if (peer.Held is not null) Hold(peer, _dice);
            peer.Clock.Drift = 0;
            peer.Clock.Set(TimeSpan.Zero);
        }

        Pass(Patience);
        foreach (var peer in _peers)
        {
            Start(peer);
            if (peer.Replica!.IsOffline) Declare(peer);
        }

        for (var pass = 1; pass <= MostPasses; pass++)
        {
            SyncAll();
            if (AreEqual()) return;
        }
    }

    /// <summary>Each with the next one, and back: 2n - 3 sessions. The last two have everything then, and on the way back so do the others.</summary>
    private void SyncAll()
    {
        for (var i = 1; i < _peers.Length; i++) Sync(_peers[i - 1], _peers[i]);
        for (var i = _peers.Length - 2; i > 0; i--) Sync(_peers[i - 1], _peers[i]);
    }

    private bool AreEqual() => _peers.All(peer => peer.Replica!.Schema.Lanes.All(lane => peer.Replica.VectorOf(lane).Equals(_peers[0].Replica!.VectorOf(lane))));

    private void Sync(Peer left, Peer right)
    {
        (left.WasHindered, right.WasHindered) = (false, false);
        var (held, link) = (Tally.Held, Connect(left, right)!);
        Drain(_dice);
        Require(link.Left.Session!.IsCompletedSuccessfully && link.Right.Session!.IsCompletedSuccessfully, $"{link} failed");
        Require(Tally.Held == held, $"{link} held events back although clocks are right");
    }
}
