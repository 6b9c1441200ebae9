using Crdt.Kuzu;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.AspNetCore.Scenes;
using Crdt.Tests.Kuzu.Binding;
using Crdt.Tests.NetworkReplica;

namespace Crdt.Tests.Browser;

/// <summary>Two pages and a replica of this machine, which meet at a hub.</summary>
public sealed class TogetherTests(Site site)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_edit_offline_and_online_and_come_to_hold_and_show_the_same()
    {
        await using var hub = new HubScene();
        await hub.StartAsync(secure: options => options.AllowedOrigins.Add(site.Origin), configure: options => options.Graph = "town");
        await using var native = await GraphReplica.OpenAsync("native", TownSchema.Instance, options =>
        {
            options.Folder = Path.Combine(hub.Folder, "native");
            options.UseSqlite().UseKuzu(kuzu: ScratchFolder.Small);
        });
        using var end = new CancellationTokenSource();
        using var editing = new CancellationTokenSource();
        var connected = native.KeepConnectedAsync(hub.PeersFor(hub.Enroll("native")), new() { Interval = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromSeconds(1) }, end.Token);
        await using var one = await OpenAsync("one");
        await using var other = await OpenAsync("other");
        var edits = new Edits(native, "native", 1).RunAsync(TimeSpan.FromMilliseconds(40), editing.Token);
        await one.CallAsync("Edit", "one", 2, 40);
        await other.CallAsync("Edit", "other", 3, 40);
        foreach (var page in (SuitePage[])[one, other]) await page.CallAsync("Connect", hub.Address.ToString(), hub.Enroll(page == one ? "one" : "other"));
        await EditedAsync(one, other);
        await one.CallAsync("Disconnect");
        await EditedAsync(one, other);
        await other.CallAsync("Disconnect");
        await EditedAsync(one, other);
        foreach (var page in (SuitePage[])[one, other]) await page.CallAsync("Connect", hub.Address.ToString(), hub.Enroll(page == one ? "one" : "other"));
        await EditedAsync(one, other);
        foreach (var page in (SuitePage[])[one, other]) await page.CallAsync("StopEditing");
        await editing.CancelAsync();
        await edits;
        await AgreeAsync(hub, native, one, other);
        await native.ProjectedAsync();

        var shown = string.Join('\n', await Dump.ReadAsync(native).ToListAsync());
        Assert.Equal(shown, await one.CallAsync<string>("Show"));
        Assert.Equal(shown, await other.CallAsync<string>("Show"));
        var acknowledged = one.Said.Concat(other.Said).Where(IsCommit).Select(line => line["done ".Length..]).ToList();
        Assert.All(acknowledged, entry => Assert.Contains($"Entry|{entry}|", shown, StringComparison.Ordinal));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connected);
    }

    // So that each phase has commits of both.
    private static async Task EditedAsync(params SuitePage[] pages)
    {
        foreach (var page in pages)
        {
            var before = page.Said.Count(IsCommit);
            await page.SaysAsync(_ => page.Said.Count(IsCommit) >= before + 8);
        }
    }

    private static bool IsCommit(string line) => line.StartsWith("done", StringComparison.Ordinal);

    private static async Task AgreeAsync(HubScene hub, GraphReplica native, SuitePage one, SuitePage other)
    {
        for (var deadline = DateTime.UtcNow + Longest; ;)
        {
            string[] roots = [$"{(await native.GetMerkleTreeAsync()).Root:x32}", await one.CallAsync<string>("Root"), await other.CallAsync<string>("Root")];
            if (roots.Distinct().Count() == 1) return;
            Assert.True(DateTime.UtcNow < deadline, $"{string.Join(' ', roots)}\n{string.Join('\n', one.Said.Concat(other.Said).Where(line => !IsCommit(line)).Concat(hub.Log.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal))).TakeLast(20))}");
            await Task.Delay(200);
        }
    }

    private async Task<SuitePage> OpenAsync(string name)
    {
        var page = await SuitePage.OpenAsync(await site.OpenAsync());
        await page.CallAsync("Open", name, true);
        return page;
    }
}
