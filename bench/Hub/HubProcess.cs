using Crdt.AspNetCore.Authentication;
using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Bench.Hub;

/// <summary>The hub that is measured, in a process of its own: it says where it listens, and its memory for each line that it is sent.</summary>
internal static class HubProcess
{
    public static async Task ServeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCrdtHub(hub =>
        {
            (hub.Name, hub.Schema) = ("hub", WorkloadSchema.Instance);
            hub.Replica = replica =>
            {
                replica.Folder = folder;
                replica.UseSqlite();
            };
        });
        builder.Services.AddAuthentication().AddCrdtTokens(new PeerRegister(Path.Combine(folder, "peers.json")));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapCrdtSync();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        while (Console.ReadLine() is not null)
        {
            GC.Collect();
            Console.WriteLine($"{GC.GetTotalMemory(forceFullCollection: true)} {Environment.WorkingSet} {Environment.CpuUsage.TotalTime.TotalMilliseconds:0}");
        }

        await app.StopAsync();
    }
}
