using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>The graph is kept, and the next opening goes on from there; whatever is wrong with what is kept, it is made anew.</summary>
public sealed class KeptGraphTests(Site site)
{
    private const int Many = 1_200, Few = 20;

    /// <summary>What can befall a file, as a script that is given the record.</summary>
    public static TheoryData<string, string> Damage { get; } = new()
    {
        { "bytes were altered", "record.file.fill(7, 4096, 8192)" },
        { "it is shorter", "record.file = record.file.slice(0, 4096)" },
        { "it is no database", "record.file = new TextEncoder().encode('Somebody\\'s letter, not a database at all. '.repeat(1000)); record.digest = await digest(record.file)" },
        { "the engine follows altered bytes", "record.file.fill(7, 4096); record.digest = await digest(record.file)" },
        { "the engine reads a part", "record.file = record.file.slice(0, 8192); record.digest = await digest(record.file)" },
        { "it is empty", "record.file = new Uint8Array(0); record.digest = await digest(record.file)" },
        { "another engine wrote it", "record.engine = '9.9.9 99'" },
        { "it says nothing", "delete record.file" },
        { "a page ended while it opened it", "opening = true" },
    };

    [Fact]
    public async Task A_reload_shows_the_same_rows_without_making_them_anew()
    {
        await using var page = await GrownAsync("reloaded");
        var shown = await page.CallAsync<string>("Show");
        Assert.Equal(Many, shown.Split('\n').Length);
        await ReloadAsync(page);
        await page.CallAsync("Open", "reloaded", true);
        Assert.Equal("", await page.CallAsync<string>("Reasons"));
        Assert.Equal(2, await page.CallAsync<int>("KeptAt"));
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
    }

    [Fact]
    public async Task What_was_committed_after_it_was_kept_is_shown_after_a_crash()
    {
        await using var first = await GrownAsync("crashed graph");
        for (var crash = 1; crash <= 3; crash++)
        {
            var page = await SuitePage.OpenAsync(await site.OpenAsync(first.Page));
            if (crash == 1) await first.CallAsync("Close");
            await page.CallAsync("Open", "crashed graph", true);
            await page.CallAsync("Grow", crash * Few / 2, Few);
            await page.CallAsync("Grow", Many * crash, Few);
            var shown = await page.CallAsync<string>("Show");
            Assert.True(await page.CallAsync<int>("KeptAt") < 2 + (2 * crash));
            await page.CrashAsync();

            var next = await SuitePage.OpenAsync(await site.OpenAsync(first.Page));
            await next.CallAsync("Open", "crashed graph", true);
            Assert.Equal("", await next.CallAsync<string>("Reasons"));
            Assert.Equal(shown, await next.CallAsync<string>("Show"));
            await next.Page.CloseAsync();
        }
    }

    [Fact]
    public async Task A_closing_keeps_what_is_worth_it()
    {
        await using var page = await GrownAsync("closed");
        await page.CallAsync("Grow", Many, 150);
        await page.CallAsync("Close");
        Assert.Equal(3, await page.Page.EvaluateAsync<int>(Script("closed", "", "record.watermark")));
    }

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task What_is_damaged_is_made_anew_and_kept_again(string what, string damage)
    {
        // What the first one shows has been forgotten, and the second one was kept when it was closed.
        await using var page = await SuitePage.OpenAsync(await site.OpenAsync());
        await page.CallAsync("Open", "damaged", true);
        await page.CallAsync("Grow", 0, Few);
        await KeptAsync(page, 1);
        await page.CallAsync("Grow", 0, 150);
        var shown = await page.CallAsync<string>("Show");
        await page.CallAsync("Close");
        await page.Page.EvaluateAsync(Script("damaged", damage, "0"));
        await ReloadAsync(page);
        await page.CallAsync("Open", "damaged", true);
        Assert.True(await page.CallAsync<string>("Reasons") == "there was none, or an empty one", what);
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
        await KeptAsync(page, 2);
    }

    /// <summary>As after a crash, or where the browser has taken what was kept: people go on, and in the end the graph shows what they did.</summary>
    [Fact]
    public async Task Behind_an_opening_people_write_while_the_graph_is_made_anew()
    {
        const int People = 7_000;
        await using var page = await GrownAsync("at once");
        await page.CallAsync("Grow", 0, People);
        await page.CallAsync("Close");
        await LoseAsync(page, "at once");
        var said = await page.CallAsync<string>("OpenAtOnce", "at once");
        Assert.StartsWith("before", said, StringComparison.Ordinal);
        Assert.Contains($"Total = {People}", said, StringComparison.Ordinal);
        Assert.Equal("there was none, or an empty one", await page.CallAsync<string>("Reasons"));
        var shown = await page.CallAsync<string>("Show");
        var lines = shown.Split('\n');
        Assert.Equal((10, 1, People), (lines.Count(line => line.Contains("|renamed|", StringComparison.Ordinal)), lines.Count(line => line.Contains("|new|", StringComparison.Ordinal)), lines.Length));
        await page.CallAsync("Close");
        await LoseAsync(page, "at once");
        await page.CallAsync("Open", "at once", true);
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
    }

    [Fact]
    public async Task A_graph_of_another_schema_is_made_anew()
    {
        await using var page = await GrownAsync("widened");
        var shown = await page.CallAsync<string>("Show");
        await page.CallAsync("Close");
        await ReloadAsync(page);
        await page.CallAsync("OpenWider", "widened");
        Assert.Equal("there was none, or an empty one", await page.CallAsync<string>("Reasons"));
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
    }

    [Fact]
    public async Task A_graph_of_another_truth_is_made_anew()
    {
        await using var page = await GrownAsync("one");
        var shown = await page.CallAsync<string>("Show");
        await page.CallAsync("Close");
        await page.CallAsync("Open", "other", true);
        await page.CallAsync("Grow", 7, 1);
        await KeptAsync(page, 1);
        await page.CallAsync("Close");
        await page.Page.EvaluateAsync(Script("other", "await put('one', record)", "0"));
        await ReloadAsync(page);
        await page.CallAsync("Open", "one", true);
        Assert.Contains("which this truth doesn't share", await page.CallAsync<string>("Reasons"), StringComparison.Ordinal);
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
    }

    [Fact]
    public async Task Where_there_is_no_room_nothing_is_kept_and_nothing_is_remembered_for_it()
    {
        // Where the browser has looked how much room there is, it takes that for true for a while.
        await using var page = await SuitePage.OpenAsync(await site.OpenAsync());
        var browser = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await browser.SendAsync("Storage.overrideQuotaForOrigin", new() { ["origin"] = site.Origin, ["quotaSize"] = 600_000 });
        await page.CallAsync("Open", "crowded", true);
        await page.CallAsync("Grow", 0, Few);
        await KeptAsync(page, 1);
        await page.CallAsync("Grow", 0, 1);
        Assert.Equal(2, await page.CallAsync<int>("KeptAt"));
        var shown = await page.CallAsync<string>("Show");
        await ReloadAsync(page);
        await page.CallAsync("Open", "crowded", true);
        Assert.Equal("there was none, or an empty one", await page.CallAsync<string>("Reasons"));
        Assert.Equal(shown, await page.CallAsync<string>("Show"));
    }

    [Fact]
    public async Task Deleting_the_store_deletes_what_is_kept()
    {
        await using var page = await GrownAsync("deleted");
        Assert.Equal("deleted deleted/graph", await NamesAsync());
        await page.CallAsync("Close");
        await page.CallAsync("Erase", "deleted");
        Assert.Equal("", await NamesAsync());

        Task<string> NamesAsync() => page.Page.EvaluateAsync<string>("(async () => (await indexedDB.databases()).map(({ name }) => name).sort().join(' '))()");
    }

    /// <summary>A page with a replica whose graph is kept, and whose store has forgotten what that shows.</summary>
    private async Task<SuitePage> GrownAsync(string name)
    {
        var page = await SuitePage.OpenAsync(await site.OpenAsync());
        await page.CallAsync("Open", name, true);
        await page.CallAsync("Grow", 0, Few);
        await KeptAsync(page, 1);
        await page.CallAsync("Grow", 0, Many);
        await KeptAsync(page, 2);
        return page;
    }

    private static async Task KeptAsync(SuitePage page, int watermark)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); await page.CallAsync<int>("KeptAt") != watermark; await Task.Delay(50)) Assert.True(DateTime.UtcNow < deadline);
    }

    private static async Task ReloadAsync(SuitePage page)
    {
        await page.Page.ReloadAsync();
        await page.Page.WaitForFunctionAsync("!!globalThis.run");
        await page.Page.EvaluateAsync("void (globalThis.suite = begin('graph'))");
    }

    /// <summary>Deletes what is kept of a graph, and begins anew.</summary>
    private static async Task LoseAsync(SuitePage page, string name)
    {
        await page.Page.EvaluateAsync("name => new Promise((resolve) => { indexedDB.deleteDatabase(`${name}/graph`).onsuccess = resolve; })", name);
        await ReloadAsync(page);
    }

    /// <summary>Reads what is kept of a graph, does something with it, puts it back and gives a value.</summary>
    private static string Script(string name, string change, string value) =>
        $$"""
        (async () => {
          const inGraph = (name, work) => new Promise((resolve, reject) => {
            const opening = indexedDB.open(`${name}/graph`, 1);
            opening.onsuccess = () => {
              const transaction = opening.result.transaction("graph", "readwrite");
              const request = work(transaction.objectStore("graph"));
              request.onsuccess = () => { opening.result.close(); resolve(request.result); };
              request.onerror = () => reject(request.error);
            };
          });
          const put = (name, record) => inGraph(name, (objects) => objects.put(record, "file"));
          const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
          const record = await inGraph("{{name}}", (objects) => objects.get("file"));
          let opening = false;
          {{change}};
          await put("{{name}}", record);
          if (opening) await inGraph("{{name}}", (objects) => objects.put(true, "opening"));
          return {{value}};
        })()
        """;
}
