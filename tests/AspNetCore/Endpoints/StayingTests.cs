using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;
using Crdt.Tests.AspNetCore.Scenes;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>Connections that stay open: what one replica commits reaches the others at once, and whoever may not stay is sent away.</summary>
public sealed class StayingTests : IAsyncDisposable
{
    private static readonly GossipOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(20), MaxBackoff = TimeSpan.FromMilliseconds(200) };
    private readonly SetTime _time = new();
    private readonly HubScene _scene;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];

    public StayingTests() => _scene = new() { Time = _time };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var running in _running) await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _scene.DisposeAsync();
        _end.Dispose();
    }

    [Fact]
    public async Task What_one_commits_reaches_the_others_through_the_hub_without_another_session()
    {
        await _scene.StartAsync(configure: options => options.Schema = Shop.All);
        var sessions = new Sessions();
        var (ann, bob) = (await ConnectAsync("ann", sessions), await ConnectAsync("bob", sessions));
        await UntilAsync(() => Task.FromResult(sessions.Count == 2));
        for (var i = 1; i <= 10; i++) await (i % 2 == 0 ? ann : bob).AddItemAsync(i, $"{i}");
        await ann.AddOrderAsync(1, "in a lane of its own");
        await UntilAsync(async () => await ann.ItemAsync(9) is not null && await bob.ItemAsync(10) is not null && await bob.OrderAsync(1) is not null);
        Assert.Equal(2, sessions.Count);
    }

    [Fact]
    public async Task A_hub_that_is_started_anew_is_found_again()
    {
        await _scene.StartAsync(configure: options => options.Schema = Shop.All);
        var ann = await ConnectAsync("ann", null);
        await ann.AddItemAsync(1, "before");
        await UntilAsync(async () => await _scene.Hub.ItemAsync(1) is not null);
        await _scene.RestartAsync();
        await ann.AddItemAsync(2, "after");
        await UntilAsync(async () => await _scene.Hub.ItemAsync(2) is not null);
    }

    [Fact]
    public async Task A_replica_that_is_revoked_is_sent_away_with_the_reason()
    {
        await _scene.StartAsync(hub => hub.StandingInterval = TimeSpan.FromMilliseconds(50));
        var ann = await _scene.OpenAsync("ann", Shop.Items);
        var token = _scene.Enroll("ann");
        await _scene.SyncAsync(ann, token);
        await using var transport = await _scene.PeersFor(token).ConnectAsync("hub");
        var staying = ann.StayInSyncAsync(transport, new SyncOptions());
        _scene.Register.Revoke("ann");
        var error = await Assert.ThrowsAnyAsync<IOException>(() => staying.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("'ann' was revoked at", error.Message, StringComparison.Ordinal);
        await _scene.Log.SeenAsync(line => line.Contains("'ann' was sent away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_expires_ends_the_connection()
    {
        await _scene.StartAsync(hub => hub.StandingInterval = TimeSpan.FromMilliseconds(50));
        var ann = await _scene.OpenAsync("ann", Shop.Items);
        var token = _scene.Enroll("ann", lifetime: TimeSpan.FromHours(1));
        await _scene.SyncAsync(ann, token);
        await using var transport = await _scene.PeersFor(token).ConnectAsync("hub");
        var staying = ann.StayInSyncAsync(transport, new SyncOptions());
        _time.Ahead = TimeSpan.FromHours(2);
        var error = await Assert.ThrowsAnyAsync<IOException>(() => staying.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("expired at", error.Message, StringComparison.Ordinal);
    }

    private async Task<GraphReplica> ConnectAsync(string name, Sessions? sessions)
    {
        var replica = await _scene.OpenAsync(name, Shop.All);
        _running.Add(replica.KeepConnectedAsync(_scene.PeersFor(_scene.Enroll(name)), Quick with { Contacts = sessions }, _end.Token));
        return replica;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (await holds()) return;
            await Task.Delay(10);
        }

        Assert.Fail("It didn't come to hold within 20 seconds.");
    }

    private sealed class Sessions : IProgress<GossipContact>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Report(GossipContact value) => Interlocked.Add(ref _count, value.Session is null ? 0 : 1);
    }
}
