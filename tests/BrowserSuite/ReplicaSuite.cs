using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Browser.Projecting;
using Crdt.Browser.Storage;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Tests.NetworkReplica;

namespace Crdt.Tests.BrowserSuite;

/// <summary>A replica of the town in this page, as tests/NetworkReplica has one in a process.</summary>
[SupportedOSPlatform("browser")]
internal static partial class ReplicaSuite
{
    private static GraphReplica? _replica;
    private static KuzuWasmProjection? _projection;
    private static CancellationTokenSource? _connected, _editing;
    private static Task _connecting = Task.CompletedTask, _edits = Task.CompletedTask;

    /// <summary>Opens the replica, or makes it.</summary>
    /// <returns>Its id.</returns>
    [JSExport]
    public static Task<string> Open(string name, bool shows) => OpenAsync(name, TownSchema.Instance, shows);

    /// <summary>Opens the replica without waiting for its graph, and once that is being made anew renames people, deletes one and adds one.</summary>
    /// <returns>Whether that was done before the graph was there, and how much of it was.</returns>
    [JSExport]
    public static async Task<string> OpenAtOnce(string name)
    {
        await OpenAsync(name, TownSchema.Instance, shows: true, awaits: false);
        var shown = _replica!.ProjectedAsync().AsTask();
        while (_replica.Rebuilding is not { Done: > 0 }) await Task.Delay(1);
        var reached = _replica.Rebuilding;
        await using (var transaction = await _replica.BeginAsync())
        {
            for (var id = 0L; id < 10; id++) (await transaction.GetNodeAsync("Person", id))!["Name"] = "renamed";
            (await transaction.GetNodeAsync("Person", 10L))!.State.Delete();
            transaction.AddNode("Person", 100_000L)["Name"] = "new";
            await transaction.CommitAsync();
        }

        var isEarly = !shown.IsCompleted;
        await shown;
        return $"{(isEarly ? "before" : "after")} {reached}";
    }

    /// <summary>Opens the replica with a schema that has a field more.</summary>
    [JSExport]
    public static Task<string> OpenWider(string name)
    {
        var known = TownSchema.Instance.TypeOf("Person");
        var person = new EntityType(known.Name, known.Table, known.Lane, known.Key, null, null, [.. known.Fields, new FieldSchema("Age", FieldKind.Register, ValueKind.Int64, true, "Age")]);
        var knows = TownSchema.Instance.TypeOf("KNOWS");
        var wider = new GraphSchema("town", 2, person, new EntityType(knows.Name, knows.Table, knows.Lane, null, person, person, [.. knows.Fields]), TownSchema.Instance.TypeOf("Entry"));
        return OpenAsync(name, wider, shows: true);
    }

    /// <summary>Adds people in one commit, or renames those who are there, and waits until they are shown.</summary>
    [JSExport]
    public static async Task Grow(int first, int count)
    {
        await using (var transaction = await _replica!.BeginAsync())
        {
            for (var id = first; id < first + count; id++) (await transaction.GetNodeAsync("Person", (long)id) ?? transaction.AddNode("Person", (long)id))["Name"] = $"person {id} of {first}";
            await transaction.CommitAsync();
        }

        await _replica.ProjectedAsync();
    }

    /// <summary>The watermark of what is kept of the graph.</summary>
    [JSExport]
    public static int KeptAt() => (int)_projection!.KeptWatermark;

    /// <summary>Why the graph was made anew since the replica was opened.</summary>
    [JSExport]
    public static string Reasons() => string.Join('\n', _replica!.Rebuilds.Select(rebuild => rebuild.Reason));

    /// <summary>Deletes a replica that isn't open.</summary>
    [JSExport]
    public static async Task Erase(string name)
    {
        await BrowserModule.LoadAsync();
        await IndexedDbStore.DeleteAsync(name);
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

    private static async Task<string> OpenAsync(string name, GraphSchema schema, bool shows, bool awaits = true)
    {
        await BrowserModule.LoadAsync();
        _replica = await GraphReplica.OpenAsync(name, schema, options =>
        {
            options.AwaitsProjection = awaits;
            options.UseIndexedDb();
            if (!shows) return;
            var make = options.UseKuzuWasm().Projection!;
            options.Projection = () => _projection = (KuzuWasmProjection)make();
        });
        return _replica.Id.ToString();
    }
}
