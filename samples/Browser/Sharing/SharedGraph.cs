using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Browser.Projecting;
using Crdt.Browser.Storage;
using Crdt.Samples.Browser.Calls;
using Crdt.Samples.Browser.Model;
using Crdt.Sync;

namespace Crdt.Samples.Browser.Sharing;

/// <summary>The replica of this page, and its way to the hub.</summary>
[SupportedOSPlatform("browser")]
internal sealed class SharedGraph
{
    private static SharedGraph? _current;
    private readonly SemaphoreSlim _switching = new(1);

    private SharedGraph(GraphReplica replica, HubLink link) => (Replica, Link) = (replica, link);

    public static SharedGraph Current => _current ?? throw new InvalidOperationException("The graph is not open yet.");

    public GraphReplica Replica { get; }

    public HubLink Link { get; }

    /// <summary>Opens the replica, or makes it, and connects it to the hub unless it was left offline. Where the graph database has to be made anew, that goes on behind it.</summary>
    public static async Task OpenAsync(string name, Uri hub)
    {
        await BrowserModule.LoadAsync();
        var replica = await GraphReplica.OpenAsync(name, TogetherSchema.Instance, options =>
        {
            options.AwaitsProjection = false;
            options.UseIndexedDb($"together/{name}").UseKuzuWasm();
        });
        _current = new(replica, new HubLink(replica, hub, Page.TellChange));
        if (!replica.IsOffline) _current.Link.Connect();
        _ = _current.TellChangesAsync();
    }

    /// <summary>Opens the way to the hub, or closes it. One after another: several tabs have the switch.</summary>
    public async Task SetOnlineAsync(bool isOnline)
    {
        await _switching.WaitAsync();
        try
        {
            // What is declared comes first: where it can't be noted, nothing has changed.
            if (isOnline)
            {
                await Replica.GoOnlineAsync();
                Link.Connect();
            }
            else
            {
                await Replica.GoOfflineAsync();
                await Link.DisconnectAsync();
            }
        }
        finally
        {
            _switching.Release();
            Page.TellChange();
        }
    }

    private async Task TellChangesAsync()
    {
        await foreach (var _ in Replica.WatchAsync()) Page.TellChange();
    }
}
