using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Browser.Projecting;
using Crdt.Browser.Storage;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Tests.NetworkReplica;

namespace Crdt.Tests.BrowserSuite;

/// <summary>What takes how long; each gives lines of a name and a number.</summary>
[SupportedOSPlatform("browser")]
internal static partial class MeasureSuite
{
    private const int AtOnce = 1_000;
    private static GraphReplica? _replica;
    private static KuzuWasmProjection? _projection;

    /// <summary>Loads what a tab can have loaded that waits for its turn.</summary>
    [JSExport]
    public static Task Prepare() => BrowserModule.LoadAsync();

    /// <summary>Opens a replica, and asks it one thing.</summary>
    [JSExport]
    public static async Task<string> OpenAndAsk(string name)
    {
        var clock = Stopwatch.StartNew();
        await BrowserModule.LoadAsync();
        var loaded = clock.Elapsed.TotalMilliseconds;
        await OpenAsync(name, awaits: true);
        var opened = clock.Elapsed.TotalMilliseconds;
        var count = await _replica!.QueryAsync("MATCH (p:Person) RETURN count(*)").ToListAsync();
        return Lines(("modules loaded", loaded), ("opened and projected", opened - loaded), ("first query", clock.Elapsed.TotalMilliseconds - opened), ("people", Convert.ToDouble(count[0][0], CultureInfo.InvariantCulture)), ("rebuilds", _replica.Rebuilds.Count));
    }

    /// <summary>Opens a replica whose graph has to be made anew, and commits one person after another while that goes on.</summary>
    [JSExport]
    public static async Task<string> OpenAndWrite(string name)
    {
        var clock = Stopwatch.StartNew();
        await BrowserModule.LoadAsync();
        await OpenAsync(name, awaits: false);
        var opened = clock.Elapsed.TotalMilliseconds;
        var asked = _replica!.QueryAsync("MATCH (p:Person) RETURN count(*)").ToListAsync().AsTask();
        var commits = new List<double>();
        while (!asked.IsCompleted)
        {
            var before = clock.Elapsed.TotalMilliseconds;
            await CommitAsync(_replica, 1, async (tx, _) => (await tx.GetNodeAsync("Person", (long)commits.Count))!["Name"] = $"renamed {commits.Count}");
            commits.Add(clock.Elapsed.TotalMilliseconds - before);
            await Task.Delay(50);
        }

        return Lines(("opened", opened), ("first query's answer", clock.Elapsed.TotalMilliseconds), ("commits until then", commits.Count), ("a commit, median", commits.Order().ElementAt(commits.Count / 2)), ("the slowest", commits.Max()), ("rebuilds", _replica.Rebuilds.Count));
    }

    /// <summary>Commits people and whom they know, 1,000 in a transaction, and waits until the graph database shows them.</summary>
    [JSExport]
    public static async Task<string> Populate(int people, int known)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await CommitAsync(_replica!, people, (tx, id) => tx.AddNode("Person", (long)id, ("Name", $"person {id}")));
        var nodes = clock.Elapsed.TotalMilliseconds;
        await CommitAsync(_replica!, known, (tx, i) => tx.AddRelationship("KNOWS", PersonId(i % people), PersonId(((i / people) + 1 + i) % people))["Since"] = (long)i);
        var committed = clock.Elapsed.TotalMilliseconds;
        await _replica!.ProjectedAsync();
        var shown = clock.Elapsed.TotalMilliseconds;
        return Lines(("nodes committed", nodes), ("relationships committed", committed - nodes), ("shown after that", shown - committed), ("managed heap growth MiB", (GC.GetTotalMemory(forceFullCollection: true) - heap) / 1048576.0));
    }

    /// <summary>Single commits, one after another.</summary>
    [JSExport]
    public static async Task<string> CommitOneByOne(int count)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await using var transaction = await _replica!.BeginAsync();
            (await transaction.GetNodeAsync("Person", (long)i))!["Name"] = $"renamed {i}";
            await transaction.CommitAsync();
        }

        var committed = clock.Elapsed.TotalMilliseconds;
        await _replica!.ProjectedAsync();
        return Lines(("a commit", committed / count), ("shown after all", clock.Elapsed.TotalMilliseconds - committed));
    }

    /// <summary>Holds one session with a hub, and waits until the graph database shows what came.</summary>
    [JSExport]
    public static async Task<string> SyncWith(string hub)
    {
        var peers = new WebSocketPeers([new("hub", new Uri(hub))], new());
        var (clock, durable) = (Stopwatch.StartNew(), 0.0);
        using var watching = new CancellationTokenSource();
        var watched = WatchAsync();
        await using (var way = await peers.ConnectAsync("hub")) await _replica!.SyncAsync(way);
        var ended = clock.Elapsed.TotalMilliseconds;
        await _replica.ProjectedAsync();
        await watching.CancelAsync();
        await watched.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Lines(("durable", durable), ("end of the session", ended), ("visible", clock.Elapsed.TotalMilliseconds));

        async Task WatchAsync()
        {
            // What is committed is durable; the session goes on after that.
            await foreach (var _ in _replica!.WatchAsync(watching.Token)) durable = clock.Elapsed.TotalMilliseconds;
        }
    }

    /// <summary>Changes some people, and keeps the graph as a closing does. A query that is asked in the middle of it waits.</summary>
    [JSExport]
    public static async Task<string> Keep(int changed)
    {
        await CommitAsync(_replica!, changed, async (tx, id) => (await tx.GetNodeAsync("Person", (long)id))!["Name"] = $"kept {id}");
        await _replica!.ProjectedAsync();
        var alone = await AskedAsync();
        var clock = Stopwatch.StartNew();
        var keeping = _projection!.KeepLastAsync();
        var asked = await AskedAsync();
        await keeping;
        return Lines(("the graph kept", clock.Elapsed.TotalMilliseconds), ("a query meanwhile", asked), ("and alone", alone));
    }

    private static async Task OpenAsync(string name, bool awaits) => _replica = await GraphReplica.OpenAsync(name, TownSchema.Instance, options =>
    {
        options.AwaitsProjection = awaits;
        var make = options.UseIndexedDb().UseKuzuWasm().Projection!;
        options.Projection = () => _projection = (KuzuWasmProjection)make();
    });

    private static async Task<double> AskedAsync()
    {
        var clock = Stopwatch.StartNew();
        await _replica!.QueryAsync("MATCH (p:Person) RETURN count(*)").ToListAsync();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>How much memory the engine has taken, in MiB.</summary>
    [JSExport]
    public static async Task<double> EngineMemory() => await _projection!.BytesAsync() / 1048576.0;

    /// <summary>How long the hash of 32 MiB takes, in milliseconds.</summary>
    [JSExport]
    public static double Hash()
    {
        var (bytes, clock) = (new byte[32 << 20], Stopwatch.StartNew());
        System.Security.Cryptography.SHA256.HashData(bytes);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Entities.EntityId PersonId(int id) => Entities.EntityId.Node(TownSchema.Instance.TypeOf("Person"), (long)id);

    private static Task CommitAsync(GraphReplica replica, int count, Action<Sync.Transactions.GraphTransaction, int> write) => CommitAsync(replica, count, (tx, i) =>
    {
        write(tx, i);
        return Task.CompletedTask;
    });

    private static async Task CommitAsync(GraphReplica replica, int count, Func<Sync.Transactions.GraphTransaction, int, Task> write)
    {
        for (var first = 0; first < count; first += AtOnce)
        {
            await using var transaction = await replica.BeginAsync();
            for (var i = first; i < Math.Min(count, first + AtOnce); i++) await write(transaction, i);
            await transaction.CommitAsync();
        }
    }

    private static string Lines(params (string Name, double Value)[] figures) =>
        string.Join('\n', figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {figure.Value:0.#}")));
}
