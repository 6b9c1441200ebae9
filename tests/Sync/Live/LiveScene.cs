using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Live;

/// <summary>Replicas that stay on ways to a hub, in one process.</summary>
internal sealed class LiveScene : IAsyncDisposable
{
    private readonly List<Connection> _connections = [];

    public Scene Scene { get; } = new();

    public FiredTime Time { get; } = new();

    public Task<GraphReplica> OpenAsync(string name) => Scene.OpenAsync(name, time: Time);

    /// <summary>Connects two replicas; what their sessions did can be asked for.</summary>
    public Connection Connect(GraphReplica here, GraphReplica there, SyncOptions? options = null)
    {
        var connection = new Connection(here, there, options ?? new());
        _connections.Add(connection);
        return connection;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (await holds()) return;
            await Task.Delay(5);
        }

        Assert.Fail("It didn't come to hold within ten seconds.");
    }

    /// <summary>Waits until replicas hold the same.</summary>
    public static Task EqualAsync(params GraphReplica[] replicas) => UntilAsync(async () =>
    {
        foreach (var lane in replicas[0].Lanes)
        {
            var root = (await replicas[0].GetMerkleTreeAsync(lane)).Root;
            foreach (var other in replicas.Skip(1))
            {
                if ((await other.GetMerkleTreeAsync(lane)).Root != root || !other.VectorOf(lane).Covers(replicas[0].VectorOf(lane))) return false;
            }
        }

        return true;
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
        await Scene.DisposeAsync();
    }

    /// <summary>A way between two replicas on which both stay.</summary>
    internal sealed class Connection : IAsyncDisposable, IProgress<SyncResult>
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _running;
        private int _sessions;

        public Connection(GraphReplica here, GraphReplica there, SyncOptions options)
        {
            var (one, other) = InMemoryTransport.CreatePair();
            Here = StayAsync(here, one, new SyncOptions(), this);
            There = StayAsync(there, other, options, null);
            _running = Task.WhenAll(Here, There);
        }

        public Task Here { get; }

        public Task There { get; }

        /// <summary>How many sessions there have been.</summary>
        public int Sessions => Volatile.Read(ref _sessions);

        public void Report(SyncResult value) => Interlocked.Increment(ref _sessions);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task StayAsync(GraphReplica replica, InMemoryTransport transport, SyncOptions options, IProgress<SyncResult>? sessions)
        {
            await using (transport) await replica.StayInSyncAsync(transport, options, sessions, _end.Token);
        }
    }
}
