using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>The end of the faults, and what has to come of it in bounded time.</content>
internal sealed partial class World
{
    /// <summary>
    /// How many times everybody syncs with the next one before all are the same. In the first round the last one but none gets everything, by the
    /// others in turn; in the second the others get it.
    /// </summary>
    private const int Rounds = 2;

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
        foreach (var peer in _peers) Start(peer);
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var peer in _peers) Sync(peer, _peers[(peer.Number + 1) % _peers.Length], round);
        }
    }

    private void Sync(Peer left, Peer right, int round)
    {
        (left.WasHindered, right.WasHindered) = (false, false);
        var (held, link) = (Tally.Held, Connect(left, right)!);
        Drain(_dice);
        Require(link.Left.Session!.IsCompletedSuccessfully && link.Right.Session!.IsCompletedSuccessfully, $"{link} failed");
        Require(Tally.Held == held, $"{link} held events back in round {round}, although clocks are right");
    }
}
