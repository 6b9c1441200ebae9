using Crdt.Sync;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Looks at what waits for a peer, and ways to tell one of it, in a line each.</summary>
public static class QueueScenes
{
    public static async Task<long> WaitingAsync(this GraphReplica replica) => (await replica.OfflineQueue.MeasureAsync()).Operations;

    public static Task IncrementAsync(this GraphReplica replica, long id) => replica.EditPersonAsync(id, person => person.Stock += 1);

    public static async Task<UInt128> RootAsync(this GraphReplica replica, string lane = "main") => (await replica.GetMerkleTreeAsync(lane)).Root;

    /// <summary>Introduces itself to a peer that says hello and goes away: from here on, what it has may be known.</summary>
    public static async Task ShowAsync(this GraphReplica replica)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        await there.DisposeAsync();
        await Assert.ThrowsAsync<Crdt.Sync.Sessions.SessionException>(() => replica.SyncAsync(here));
    }
}
