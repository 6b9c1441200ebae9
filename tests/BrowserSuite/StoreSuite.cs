using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text;
using Crdt.Browser;
using Crdt.Browser.Storage;
using Crdt.Storage;
using Crdt.Tests.Sqlite;

namespace Crdt.Tests.BrowserSuite;

/// <summary>Stores on IndexedDB.</summary>
[SupportedOSPlatform("browser")]
internal static partial class StoreSuite
{
    private const int Entities = 40, Parts = 4;

    /// <summary>Holds a store on IndexedDB against one in memory.</summary>
    /// <param name="seed">What they live through.</param>
    /// <param name="steps">How much of it.</param>
    [JSExport]
    public static async Task<string> Agree(int seed, int steps)
    {
        await BrowserModule.LoadAsync();
        var name = $"agreement {seed}";
        await IndexedDbStore.DeleteAsync(name);
        await using var agreement = new StoreAgreement(() => new IndexedDbStore(name));
        await agreement.RunAsync(seed, steps);
        return "agreed";
    }

    /// <summary>Commits again and again, in one part or in several: each commit gives all entities its number. The console has a line for each that was acknowledged.</summary>
    [JSExport]
    public static async Task Toil(string name)
    {
        await BrowserModule.LoadAsync();
        await using var store = new IndexedDbStore(name);
        for (var revision = (await store.OpenAsync(TestGraph.Offer())).Revision + 1; ; revision++)
        {
            EntityWrite[] writes = [.. Enumerable.Range(0, Entities).Select(id => TestGraph.Put(TestGraph.Node(id), $"{revision}", wasAlive: revision > 1))];
            if (revision % 2 == 0) await store.CommitAsync(TestGraph.Commit(revision, writes));
            else await CommitInPartsAsync(store, revision, writes);
            Console.WriteLine($"done {revision}");
        }
    }

    /// <summary>Opens a store that others have toiled on.</summary>
    /// <returns>The number of its last commit, then those that its entities have.</returns>
    [JSExport]
    public static async Task<string> Look(string name)
    {
        await BrowserModule.LoadAsync();
        await using var store = new IndexedDbStore(name);
        var state = await store.OpenAsync(TestGraph.Offer());
        var entities = await store.ScanAsync(default, 2 * Entities);
        return $"{state.Revision}: {string.Join(' ', entities.Select(entity => Encoding.UTF8.GetString(entity.State.Span)).Distinct())}";
    }

    /// <summary>Commits something large.</summary>
    /// <returns>The number of the commit.</returns>
    [JSExport]
    public static async Task<string> Fill(string name, int bytes)
    {
        await BrowserModule.LoadAsync();
        await using var store = new IndexedDbStore(name);
        var revision = (await store.OpenAsync(TestGraph.Offer())).Revision + 1;
        await store.CommitAsync(TestGraph.Commit(revision, [.. Enumerable.Range(0, Entities).Select(id => TestGraph.Put(TestGraph.Node(id), id == 0 ? new('x', bytes) : $"{revision}", wasAlive: revision > 1))]));
        return $"{revision}";
    }

    private static async Task CommitInPartsAsync(IndexedDbStore store, long revision, EntityWrite[] writes)
    {
        await using var batch = await store.BeginBatchAsync(revision);
        foreach (var part in writes.Chunk(Entities / Parts)) await batch.WriteAsync(part);
        await batch.CommitAsync(TestGraph.Commit(revision));
    }
}
