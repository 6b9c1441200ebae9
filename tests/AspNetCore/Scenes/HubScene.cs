using Crdt.AspNetCore.Authentication;
using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Tests.AspNetCore.Scenes;

/// <summary>A hub on this machine, with its register, and replicas that sync with it; all in a folder of their own.</summary>
internal sealed class HubScene : IAsyncDisposable
{
    private readonly List<GraphReplica> _replicas = [];
    private WebApplication? _app;
    private string _url = "http://127.0.0.1:0";
    private Action<CrdtReplicaOptions>? _configure;

    public string Folder { get; } = Directory.CreateTempSubdirectory("crdt-hub-").FullName;

    public KeptLog Log { get; } = new();

    public PeerRegister Register => field ??= new(Path.Combine(Folder, "peers.json"), Time);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Uri Address => new UriBuilder(new Uri(_app!.Urls.Single())) { Scheme = "ws", Path = "/sync" }.Uri;

    public GraphReplica Hub => _app!.Services.GetRequiredService<HostedReplica>().Replica;

    /// <summary>Starts the hub.</summary>
    public async Task StartAsync(Action<CrdtHubOptions>? secure = null, Action<CrdtReplicaOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(_url);
        _configure = configure;
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddCrdtHub(
            options =>
            {
                (options.Name, options.Graph) = ("hub", "shop");
                options.Replica = replica =>
                {
                    replica.Folder = Path.Combine(Folder, "hub");
                    replica.UseSqlite();
                };
                configure?.Invoke(options);
            },
            secure);
        builder.Services.AddSingleton(Time);
        builder.Services.AddAuthentication().AddCrdtTokens(Register);
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapCrdtSync();
        _app.MapCrdtEnrollment(Register);
        await _app.StartAsync();
    }

    public IServiceProvider Services => _app!.Services;

    public bool IsStarted => _app is not null;

    /// <summary>Ends the hub, and starts it again at the same address.</summary>
    public async Task RestartAsync()
    {
        (_url, var configure) = (_app!.Urls.Single(), _configure);
        await StopAsync();
        await StartAsync(configure: configure);
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>A replica beside the hub.</summary>
    public async Task<GraphReplica> OpenAsync(string name, GraphSchema schema)
    {
        var replica = await GraphReplica.OpenAsync(name, schema, options =>
        {
            options.Folder = Path.Combine(Folder, name);
            options.UseSqlite();
        });
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>A token for a peer with some rights.</summary>
    public string Enroll(string peer, string access = "*:rw", TimeSpan? lifetime = null) => Register.Enroll(Register.Invite(peer, PeerAccess.Parse(access), tokenLifetime: lifetime))!.Token;

    /// <summary>Syncs a replica with the hub once; a hub that learns types is synced with again.</summary>
    public async Task<SyncResult> SyncAsync(GraphReplica replica, string? token)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var transport = await PeersFor(token).ConnectAsync("hub");
                return await replica.SyncAsync(transport, new SyncOptions { Peer = "hub" });
            }
            catch (SessionException outdated) when (outdated.Reason == SessionEnd.Outdated && attempt < 5)
            {
                await Task.Delay(50);
            }
        }
    }

    public WebSocketPeers PeersFor(string? token) => new([new("hub", Address)], new() { Token = (_, _) => new(token) });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var replica in _replicas) await replica.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
