using Crdt.Sync;
using Crdt.Sync.Offline;
using Crdt.Testing.Histories;
using Crdt.Tests.Simulation.Schedules;
using Step = Crdt.Tests.Simulation.Schedules.Step;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>What the steps of a schedule do.</content>
internal sealed partial class World
{
    private const int MostFrames = 6;

    private void Execute(int number, Step step)
    {
        var (peer, dice) = (_peers[step.First % _peers.Length], new Dice(step.Seed));
        Tally.Steps++;
        Trace.Mix((ulong)step.Kind);
        if (Trace.IsRead) Trace.Say($"{number,3} {step.Kind} {peer.Name}");
        Pass(TimeSpan.FromMilliseconds(dice.Below(500)));
        Do(step, peer, dice);
        Settle();
        foreach (var changed in _peers.Where(changed => changed.IsChanged)) RequireSeen(changed);
    }

    private void Do(Step step, Peer peer, Dice dice)
    {
        switch (step.Kind)
        {
            case StepKind.Write when Start(peer):
                Write(peer, dice);
                break;
            case StepKind.Hold when Start(peer):
                Hold(peer, dice);
                break;
            case StepKind.Connect:
                var other = _peers[(peer.Number + 1 + step.Second % (_peers.Length - 1)) % _peers.Length];
                if (peer.IsThere && other.IsThere && Start(peer) && Start(other)) Connect(peer, other);
                break;
            case StepKind.Deliver:
                for (var i = 1 + dice.Below(MostFrames); i > 0 && DeliverAny(dice); i--)
                {
                }

                break;
            case StepKind.Drain:
                Drain(dice);
                break;
            case StepKind.Tick:
                Pass(dice.Pick(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(70), TimeSpan.FromHours(1), TimeSpan.FromDays(1)));
                break;
            case StepKind.Clock:
                SetClock(peer, dice);
                break;
            case StepKind.Join when !peer.IsThere:
                Tally.Fault(step.Kind);
                Start(peer);
                break;
            default:
                Disturb(step.Kind, peer, dice);
                break;
        }
    }

    private void Disturb(StepKind kind, Peer peer, Dice dice)
    {
        switch (kind)
        {
            case StepKind.Break:
                BreakAny(dice);
                break;
            case StepKind.Tamper:
                TamperAny(dice);
                break;
            case StepKind.CrashLater:
                peer.Arm(dice.Pick(WriteFault.CrashBefore, WriteFault.CrashAfter), 1 + dice.Below(3));
                break;
            case StepKind.RefuseLater:
                peer.Arm(WriteFault.Refused, 1 + dice.Below(3));
                break;
            case StepKind.Crash when peer.Replica is not null:
                Tally.Fault(kind);
                Crash(peer);
                break;
            case StepKind.Close when peer.Replica is not null:
                Tally.Fault(kind);
                Close(peer);
                break;
            case StepKind.Copy when peer.IsThere:
                peer.Copy = (peer.Disk.Copy(), Reckoning.Count);
                break;
            case StepKind.Restore when peer.Copy is { } copy:
                Tally.Fault(kind);
                Restore(peer, copy);
                break;
            case StepKind.Restore when peer.IsThere:
                peer.Copy = (peer.Disk.Copy(), Reckoning.Count);
                break;
            case StepKind.Cut when peer.Replica is not null:
                Tally.Fault(kind);
                Cut(peer, peer.Replica, dice);
                break;
            case StepKind.Declare when peer.Replica is not null:
                Declare(peer);
                break;
            case StepKind.Export when peer.Replica is not null:
                Export(peer, dice);
                break;
            case StepKind.Import when peer.IsThere && Start(peer):
                Import(peer, dice);
                break;
        }
    }

    private void Cut(Peer peer, GraphReplica replica, Dice dice)
    {
        var life = peer.Life; // which a crash on the way ends
        peer.WasCut = true;
        foreach (var link in _links.Where(link => link.Left.Peer == peer || link.Right.Peer == peer)) link.WasCut = true;
        Finish(replica.CutLogAsync(dice.Below(4), dice.Pick("main", "side")).AsTask(), peer, life);
    }

    private void Write(Peer peer, Dice dice)
    {
        if (peer.Held is not null)
        {
            Hold(peer, dice);
            return;
        }

        var (life, begun) = (peer.Life, Writing.BeginAsync(this, peer, dice));
        if (Finish(begun, peer, life)) Commit(peer, begun.GetAwaiter().GetResult());
    }

    private void Hold(Peer peer, Dice dice)
    {
        if (peer.Held is { } held)
        {
            peer.Held = null;
            Commit(peer, held);
            return;
        }

        var begun = Writing.BeginAsync(this, peer, dice);
        if (Finish(begun, peer, peer.Life)) peer.Held = begun.GetAwaiter().GetResult();
    }

    private void Commit(Peer peer, Writing writing)
    {
        var (life, revision, isFull) = (peer.Life, peer.Seen.Revision, IsFull(peer));
        using var patience = new CancellationTokenSource();
        var work = writing.CommitAsync(patience.Token);
        // It waits for room, which would be made on another thread.
        if (!work.IsCompleted && peer.Life == life) patience.Cancel();
        if (peer.Life == life) RequireRoom(peer, work, isFull, peer.Seen.Revision != revision);
        if (work.IsCanceled || work.Exception?.InnerException is OfflineQueueFullException) return;
        // Somebody else's came while the transaction was open.
        if (work.Exception?.InnerException is EntityExistsException)
        {
            Tally.Fault("EntityExists");
            return;
        }

        Finish(work, peer, life);
    }

    private void Close(Peer peer)
    {
        Abandon(peer, closes: false);
        var life = peer.Life; // which a crash on the way ends
        Finish(peer.CloseAsync(), peer, life);
    }

    private void Restore(Peer peer, (Crdt.Sync.Storage.InMemoryDisk Disk, int Events) copy)
    {
        Crash(peer);
        peer.Disk.Restore(copy.Disk);
        (peer.Seen, peer.IsOffline) = (new(), null);
        Reckoning.Restore(peer, copy.Events);
        if (Options.RenewsRestored && Options.Mistake != Mistake.ReusesIdentity) peer.Incarnation = NextId();
    }

    private void SetClock(Peer peer, Dice dice)
    {
        Tally.Fault(StepKind.Clock);
        if (peer.Replica is not null && peer.Clock.Lead > AheadOfTime && dice.OneIn(2)) SetRight(peer);
        else if (dice.OneIn(4)) peer.Clock.Drift = dice.Below(400) - 200;
        else peer.Clock.Set(dice.Pick(TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromDays(3), TimeSpan.FromDays(3), TimeSpan.FromSeconds(-40), TimeSpan.FromHours(-1), TimeSpan.FromDays(-2)));
    }

    // Whoever sets a clock right starts the program again, which alone lets the replica notice.
    private void SetRight(Peer peer)
    {
        Close(peer);
        peer.Clock.Set(TimeSpan.Zero);
        if (peer.Replica is null) Start(peer);
    }

    private void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var peer in _peers) peer.Clock.Pass(time);
    }

    private static void RequireSeen(Peer peer)
    {
        peer.IsChanged = false;
        if (peer.Replica is not { } replica) return;
        foreach (var lane in replica.Schema.Lanes)
        {
            if (!replica.VectorOf(lane).Equals(peer.Seen.VectorOf(lane)))
                throw new SimulationException($"{peer.Name} believes to be at {replica.VectorOf(lane)} in lane '{lane}', and {peer.Seen.VectorOf(lane)} is durable");
        }
    }
}
