using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Browser.Projecting;
using Crdt.Browser.Storage;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Tests.NetworkReplica;

namespace Crdt.Tests.BrowserSuite;

/// <summary>A replica of the town in this page, as tests/NetworkReplica has one in a process.</summary>
[SupportedOSPlatform("browser")]
internal static partial class ReplicaSuite
{
    private static GraphReplica? _replica;
    private static CancellationTokenSource? _connected, _editing;
    private static Task _connecting = Task.CompletedTask, _edits = Task.CompletedTask;

    /// <summary>Opens the replica, or makes it.</summary>
    /// <returns>Its id.</returns>
    [JSExport]
    public static async Task<string> Open(string name, bool shows)
    {
        await BrowserModule.LoadAsync();
        _replica = await GraphReplica.OpenAsync(name, TownSchema.Instance, options =>
        {
            options.UseIndexedDb();
            if (shows) options.UseKuzuWasm();
        });
        return _replica.Id.ToString();
    }

    /// <summary>Stays connected to a hub.</summary>
    [JSExport]
    public static void Connect(string address, string token)
    {
        _connected = new();
        var peers = new WebSocketPeers([new("hub", new Uri(address))], new() { Token = (_, _) => new(token) });
        _connecting = _replica!.KeepConnectedAsync(peers, new() { Interval = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromSeconds(1), Contacts = new Contacts() }, _connected.Token);
    }

    [JSExport]
    public static async Task Disconnect()
    {
        await _connected!.CancelAsync();
        await _connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Begins to edit at random. The console has a line for each commit that was acknowledged.</summary>
    [JSExport]
    public static void Edit(string name, int seed, int pause)
    {
        _editing = new();
        _edits = new Edits(_replica!, name, seed).RunAsync(TimeSpan.FromMilliseconds(pause), _editing.Token);
    }

    [JSExport]
    public static async Task StopEditing()
    {
        await _editing!.CancelAsync();
        await _edits;
    }

    [JSExport]
    public static async Task<string> Root() => $"{(await _replica!.GetMerkleTreeAsync()).Root:x32}";

    /// <summary>All that the graph database shows, in order.</summary>
    [JSExport]
    public static async Task<string> Show()
    {
        await _replica!.ProjectedAsync();
        return string.Join('\n', await Dump.ReadAsync(_replica).ToListAsync());
    }

    [JSExport]
    public static async Task Close() => await _replica!.DisposeAsync();
}
