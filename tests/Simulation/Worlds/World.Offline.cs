using Crdt.Sync.Offline;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>Declarations of being offline, and the limit of what waits meanwhile.</content>
internal sealed partial class World
{
    private void Declare(Peer peer)
    {
        var (replica, life, goesOffline) = (peer.Replica!, peer.Life, !peer.Replica!.IsOffline);
        RequireWaiting(peer);
        peer.IsOffline = null; // as long as nobody can know whether it is durable
        var done = Finish((goesOffline ? replica.GoOfflineAsync() : replica.GoOnlineAsync()).AsTask(), peer, life);
        if (peer.Life != life) return;
        peer.IsOffline = done == goesOffline;
        Require(replica.IsOffline == peer.IsOffline, $"{peer.Name} believes to be {(replica.IsOffline ? "offline" : "online")}, which isn't durable");
        if (done) Tally.Fault(goesOffline ? "Offline" : "Online");
    }

    /// <summary>What was declared outlives the process.</summary>
    private static void RequireDeclared(Peer peer)
    {
        Require((peer.IsOffline ?? peer.Replica!.IsOffline) == peer.Replica!.IsOffline, $"{peer.Name} forgot whether it was declared offline");
        peer.IsOffline = peer.Replica.IsOffline;
    }

    /// <summary>Whether as much waits as may. Only while a replica is offline: what was never measured doesn't have to be counted by the engine either.</summary>
    private bool IsFull(Peer peer) => peer.Replica!.IsOffline && Waiting(peer) >= QueueCapacity;

    private static long Waiting(Peer peer)
    {
        var measured = peer.Replica!.OfflineQueue.MeasureAsync();
        return measured.IsCompletedSuccessfully ? measured.Result.Operations : throw new SimulationException($"{peer.Name} can't measure its queue");
    }

    /// <summary>A commit is refused, or waits, exactly where the queue is full, and leaves nothing behind then.</summary>
    private void RequireRoom(Peer peer, Task commit, bool isFull, bool isChanged)
    {
        var isRefused = commit.Exception?.InnerException is OfflineQueueFullException;
        if (isRefused || commit.IsCanceled) Tally.Fault(isRefused ? "QueueFull" : "QueueWaited");
        if (isRefused || commit.IsCanceled) Require(isFull && !isChanged, $"{peer.Name} refused a commit {(isChanged ? "and stored something of it" : "although there was room")}");
        else Require(!isFull || !isChanged, $"{peer.Name} took more operations than may wait");
    }

    /// <summary>What doesn't wait for a peer any more is at one, or was until its disk was put back.</summary>
    private void RequireWaiting(Peer peer)
    {
        if (peer.WasCut || peer.WasMisled || Waiting(peer) > 0) return;
        foreach (var lane in peer.Replica!.Schema.Lanes)
        {
            var own = peer.Replica.VectorOf(lane)[peer.Replica.Id];
            Require(own == 0 || _peers.Any(other => other != peer && other.HasEverHeld(lane, peer.Replica.Id) >= own), $"{peer.Name} lets nothing wait in lane '{lane}', and nobody has ever had {own}");
        }
    }
}
