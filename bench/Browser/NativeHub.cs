using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Bench.Browser;

/// <summary>A peer in this process, which pages reach by WebSocket: a hub with a store in a folder that goes away with it.</summary>
internal sealed class NativeHub : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-bench-").FullName;
    private readonly WebApplication _app;

    private NativeHub(string origin)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddCrdtHub(
            hub =>
            {
                (hub.Name, hub.Graph) = ("hub", "town");
                hub.Replica = replica =>
                {
                    replica.Folder = _folder;
                    replica.UseSqlite();
                };
            },
            options =>
            {
                options.AllowsAnonymousForDevelopment = true;
                options.AllowedOrigins.Add(origin);
            });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapCrdtSync("/sync");
    }

    /// <summary>Where pages find it.</summary>
    public string Address => _app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/sync";

    public static async Task<NativeHub> StartAsync(string origin)
    {
        var hub = new NativeHub(origin);
        await hub._app.StartAsync();
        return hub;
    }

    /// <summary>Changes people, in one commit.</summary>
    public async Task ChangeAsync(int people, int seed)
    {
        await using var transaction = await _app.Services.GetRequiredService<HostedReplica>().Replica.BeginAsync();
        for (var id = 0L; id < people; id++) (await transaction.GetNodeAsync("Person", id))!["Name"] = $"changed {seed} {id}";
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
