using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Crdt.Bench.Browser;
using Crdt.Tests.Browser;
using Microsoft.Playwright;

// What a replica costs in Chromium, with what the machine's parts cost beside it: dotnet run -c Release --project bench/Browser
const int People = 10_000, Known = 50_000;
var (people, known) = args.Length == 2 ? (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture)) : (People, Known);

await using var site = await PublishedSuite.StartAsync();
var raw = await site.OpenAsync();
Section("the machine's parts");
foreach (var figure in await raw.EvaluateAsync<string[]>(Raw.IndexedDb)) Console.WriteLine(figure);
Say("SHA-256 of 32 MiB", await raw.EvaluateAsync<double>("run('Hash')"), "ms");

Section("loading");
Say("all files, compressed (Brotli)", CompressedSize(PublishedSuite.Folder), "MiB");
var clock = Stopwatch.StartNew();
var page = await site.OpenAsync();
page.SetDefaultTimeout(0);
await BeginAsync(page);
Say("first load, from the address to the first query's answer", clock.Elapsed.TotalMilliseconds, "ms");
Say("memory of .NET", await page.EvaluateAsync<double>("suite.call('memory')"), "MiB");

Section($"{people} nodes and {known} relationships");
await LinesAsync("suite.call('Populate', people, known)".Replace("people", $"{people}", StringComparison.Ordinal).Replace("known", $"{known}", StringComparison.Ordinal));
await LinesAsync("suite.call('CommitOneByOne', 50)");

Section("a native peer, by WebSocket");
await using var hub = await NativeHub.StartAsync(site.Origin);
await page.EvaluateAsync($"suite.call('SyncWith', '{hub.Address}').catch(() => undefined)"); // It learns the types of the graph, and asks to be called again.
Console.WriteLine("all of it:");
await LinesAsync($"suite.call('SyncWith', '{hub.Address}')");
Say("memory of .NET", await page.EvaluateAsync<double>("suite.call('memory')"), "MiB");
for (var seed = 1; seed <= 3; seed++)
{
    await hub.ChangeAsync(1_000, seed);
    Console.WriteLine("1,000 changed nodes:");
    await LinesAsync($"suite.call('SyncWith', '{hub.Address}')");
}

Say("memory of .NET", await page.EvaluateAsync<double>("suite.call('memory')"), "MiB");
Say("memory of kuzu-wasm", await page.EvaluateAsync<double>("suite.call('EngineMemory')"), "MiB");

Section("keeping the graph");
await LinesAsync("suite.call('Keep', 200)");
Say("its file", await page.EvaluateAsync<double>(Raw.KeptBytes) / 1048576.0, "MiB");

Section("a reload with that");
for (var i = 0; i < 3; i++)
{
    clock.Restart();
    await ReloadAsync();
    Say("  page", clock.Elapsed.TotalMilliseconds, "ms");
    await BeginAsync(page);
    Say("from the reload to the first query's answer", clock.Elapsed.TotalMilliseconds, "ms");
}

Say("memory of .NET, with this replica alone", await page.EvaluateAsync<double>("suite.call('memory')"), "MiB");
Say("memory of kuzu-wasm", await page.EvaluateAsync<double>("suite.call('EngineMemory')"), "MiB");

Section("a reload where nothing is kept");
await ReloadAsync();
await page.EvaluateAsync("new Promise((resolve) => { indexedDB.deleteDatabase('measured/graph').onsuccess = resolve; })");
await page.EvaluateAsync("void (globalThis.suite = begin('graph'))");
await LinesAsync("suite.call('OpenAndWrite', 'measured')");

Section("another tab takes over");
await ReloadAsync();
await ShareAsync(page);
for (var i = 0; i < 3; i++)
{
    var next = await site.OpenAsync(page);
    await ShareAsync(next);
    await Task.Delay(TimeSpan.FromSeconds(3)); // What it loads beforehand is loaded.
    clock.Restart();
    await page.CloseAsync();
    await next.EvaluateAsync("shared.read('EngineMemory')");
    Say("from the end of the owner's tab to the next one's answer", clock.Elapsed.TotalMilliseconds, "ms");
    page = next;
}

static async Task ShareAsync(IPage tab)
{
    await tab.EvaluateAsync(Raw.Share);
    await tab.EvaluateAsync("shared.read('EngineMemory')");
}

async Task ReloadAsync()
{
    await page.ReloadAsync();
    await page.WaitForFunctionAsync("!!globalThis.run");
}

async Task BeginAsync(IPage of)
{
    await of.EvaluateAsync("void (globalThis.suite = begin('graph'))");
    foreach (var line in (await of.EvaluateAsync<string>("suite.call('OpenAndAsk', 'measured')")).Split('\n')) Console.WriteLine($"  {line}");
}

async Task LinesAsync(string call)
{
    foreach (var line in (await page.EvaluateAsync<string>(call)).Split('\n')) Console.WriteLine(line);
}

static void Section(string title) => Console.WriteLine($"\n{title}");

static void Say(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.#} {unit}"));

static double CompressedSize(string folder)
{
    var sum = 0L;
    foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not ".map" and not ".txt"))
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(File.ReadAllBytes(file));
        sum += target.Length;
    }

    return sum / 1048576.0;
}

/// <summary>Measurements of the browser alone.</summary>
internal static class Raw
{
    /// <summary>How many bytes are kept of the graph.</summary>
    public const string KeptBytes =
        """
        new Promise((resolve) => {
          indexedDB.open("measured/graph").onsuccess = ({ target: { result: database } }) => {
            database.transaction("graph").objectStore("graph").get("file").onsuccess = ({ target }) => {
              database.close();
              resolve(target.result.file.length);
            };
          };
        })
        """;

    /// <summary>Shares the measured replica among tabs, as docs/browser.md says.</summary>
    public const string Share =
        """
        async () => {
          const { share } = await import("/crdt/crdt-tabs.js");
          const suite = begin("graph");
          await suite.call("Prepare");
          globalThis.shared = share("measured", () => ({ open: () => suite.call("OpenAndAsk", "measured"), call: (name, values) => suite.call(name, ...values) }));
        }
        """;

    public const string IndexedDb =
        """
        (async () => {
          const open = indexedDB.open("raw", 1);
          open.onupgradeneeded = () => open.result.createObjectStore("records");
          const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
          const write = async (count, bytes) => {
            const began = performance.now();
            const transaction = database.transaction("records", "readwrite", { durability: "strict" });
            for (let i = 0; i < count; i++) transaction.objectStore("records").put(crypto.getRandomValues(new Uint8Array(bytes)), crypto.getRandomValues(new Uint8Array(24)));
            await new Promise((resolve) => { transaction.oncomplete = resolve; });
            return performance.now() - began;
          };
          const best = async (count, bytes) => Math.min(await write(count, bytes), await write(count, bytes), await write(count, bytes)).toFixed(1);
          return [`IndexedDB, one put of 150 bytes: ${await best(1, 150)} ms`, `IndexedDB, 1,000 puts of 150 bytes in one transaction: ${await best(1000, 150)} ms`, `IndexedDB, one put of 60 KB: ${await best(1, 60000)} ms`];
        })()
        """;
}
