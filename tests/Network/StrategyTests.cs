using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Tests.Network;

/// <summary>What replicas make of a narrow and of a long way to a hub, seen on real connections.</summary>
public sealed class StrategyTests : IAsyncDisposable
{
    private static readonly GraphSchema Clinic = new("clinic", 1, Type("Alarm", "alarms"), Type("Photo", "photos"));
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-strategy-").FullName;
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Half_a_megabit_takes_critical_types_first()
    {
        await using var proxy = new FaultyProxy(await StartHubAsync()) { BytesPerSecond = 500_000 / 8 };
        await using var ward = await OpenAsync("ward");
        await AddAsync(ward, "Photo", 1, letters: 60_000);
        await SyncAsync(ward, proxy); // finds out how narrow the way is
        Assert.InRange(ward.NetworkQuality["hub"].BandwidthMbps, 0.2, 0.8);
        await AddAsync(ward, "Photo", 2, letters: 60_000);
        await AddAsync(ward, "Alarm", 1, letters: 10);
        var first = await SyncAsync(ward, proxy);
        Assert.Equal(SyncStrategyType.PriorityBased, first.Strategy.Type);
        Assert.True(first.Lanes["photos"].IsDeferred);
        Assert.NotNull(await Hub.GetNodeAsync("Alarm", 1));
        Assert.Null(await Hub.GetNodeAsync("Photo", 2));
        for (var i = 0; i < 3 && await Hub.GetNodeAsync("Photo", 2) is null; i++) await SyncAsync(ward, proxy);
        Assert.NotNull(await Hub.GetNodeAsync("Photo", 2));
    }

    [Fact]
    public async Task Eight_hundred_milliseconds_gather_commits_into_batches()
    {
        await using var proxy = new FaultyProxy(await StartHubAsync()) { Latency = TimeSpan.FromMilliseconds(400) };
        await using var ward = await OpenAsync("ward");
        await AddAsync(ward, "Photo", 1, letters: 10);
        await SyncAsync(ward, proxy); // finds out how long the way is
        Assert.InRange(ward.NetworkQuality["hub"].LatencyMs, 750, 1_500);
        await AddAsync(ward, "Photo", 2, letters: 10);
        var result = await SyncAsync(ward, proxy);
        Assert.Equal(SyncStrategyType.BatchOptimized, result.Strategy.Type);
        Assert.True(result.Strategy.BatchDelay > TimeSpan.Zero);
    }

    private GraphReplica Hub => _app!.Services.GetRequiredService<HostedReplica>().Replica;

    private static EntityType Type(string name, string lane) => new(name, name, lane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Text", FieldKind.Register, ValueKind.Text, true, "Text"));

    private async Task<int> StartHubAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCrdtHub(
            options =>
            {
                (options.Name, options.Schema) = ("hub", Clinic);
                options.Replica = replica => Configure(replica, "hub");
            },
            secure => secure.AllowsAnonymousForDevelopment = true);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapCrdtSync();
        await _app.StartAsync();
        return new Uri(_app.Urls.Single()).Port;
    }

    private Task<GraphReplica> OpenAsync(string name) => GraphReplica.OpenAsync(name, Clinic, options => Configure(options, name));

    private void Configure(GraphReplicaOptions options, string name)
    {
        (options.Folder, options.CriticalLanes) = (Path.Combine(_folder, name), ["alarms"]);
        options.UseSqlite();
    }

    /// <summary>Letters are random, so that compressing them saves little.</summary>
    private static async Task AddAsync(GraphReplica replica, string type, long id, int letters)
    {
        await using var transaction = await replica.BeginAsync();
        transaction.AddNode(type, id, ("Text", new string(new Random((int)id).GetItems<char>("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", letters))));
        await transaction.CommitAsync();
    }

    private static async Task<SyncResult> SyncAsync(GraphReplica replica, FaultyProxy proxy)
    {
        var peers = new WebSocketPeers([new("hub", new Uri($"ws://127.0.0.1:{proxy.Port}/sync"))]);
        await using var transport = await peers.ConnectAsync("hub");
        return await replica.SyncAsync(transport, new SyncOptions { Peer = "hub" });
    }
}
