using System.Globalization;
using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>The store on IndexedDB.</summary>
public sealed class StoreTests(Site site)
{
    /// <summary>How often each run of the tests lets a tab crash; <c>CRDT_CASES</c> says otherwise.</summary>
    private static readonly int Crashes = int.TryParse(Environment.GetEnvironmentVariable("CRDT_CASES"), out var cases) ? cases : 15;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_says_what_a_store_in_memory_says(int seed)
    {
        var page = await site.OpenAsync();
        Assert.Equal("agreed", await page.EvaluateAsync<string>("seed => run('Agree', seed, 200)", seed));
        await page.Context.CloseAsync();
    }

    /// <summary>The renderer of a page that commits without end is ended in the middle of something.</summary>
    [Fact]
    public async Task A_tab_that_crashes_loses_nothing_that_was_acknowledged_and_leaves_nothing_by_halves()
    {
        var first = await site.OpenAsync();
        var dice = new Random(7);
        var last = 0L;
        for (var crash = 0; crash < Crashes; crash++)
        {
            var page = await SuitePage.OpenAsync(await site.OpenAsync(first));
            _ = page.CallAsync("Toil", "crashed").ContinueWith(ended => ended.Exception, TaskScheduler.Default);
            await page.SaysAsync(line => line.StartsWith("done", StringComparison.Ordinal));
            await Task.Delay(dice.Next(120));
            await page.CrashAsync();
            var acknowledged = long.Parse(page.Said.Last(line => line.StartsWith("done", StringComparison.Ordinal))["done ".Length..], CultureInfo.InvariantCulture);
            var parts = (await (await site.OpenAsync(first)).EvaluateAsync<string>("run('Look', 'crashed')")).Split(": ");
            var revision = long.Parse(parts[0], CultureInfo.InvariantCulture);
            Assert.True(revision >= acknowledged && acknowledged > last, $"after {crash + 1} crashes: {revision} and {acknowledged}");
            Assert.Equal($"{revision}", parts[1]);
            last = revision;
        }

        await first.Context.CloseAsync();
    }

    [Fact]
    public async Task A_second_tab_is_told_that_the_store_is_open_and_gets_it_as_soon_as_the_first_goes()
    {
        var first = await SuitePage.OpenAsync(await site.OpenAsync());
        await first.CallAsync("Open", "shared", false);
        var second = await SuitePage.OpenAsync(await site.OpenAsync(first.Page));
        Assert.Contains("open in another tab", (await Assert.ThrowsAsync<PlaywrightException>(() => second.CallAsync("Open", "shared", false))).Message, StringComparison.Ordinal);
        await first.Page.CloseAsync();
        await second.CallAsync("Open", "shared", false);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_full_quota_is_told_and_nothing_is_lost()
    {
        var page = await site.OpenAsync();
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("Storage.overrideQuotaForOrigin", new() { ["origin"] = site.Origin, ["quotaSize"] = 1_000_000 });
        Assert.Equal("1", await page.EvaluateAsync<string>("run('Fill', 'full', 1000)"));
        Assert.Contains("no more room", (await Assert.ThrowsAsync<PlaywrightException>(() => page.EvaluateAsync<string>("run('Fill', 'full', 3000000)"))).Message, StringComparison.Ordinal);
        await browser.SendAsync("Storage.overrideQuotaForOrigin", new() { ["origin"] = site.Origin });
        Assert.StartsWith("1: ", await page.EvaluateAsync<string>("run('Look', 'full')"), StringComparison.Ordinal);
        Assert.Equal("2", await page.EvaluateAsync<string>("run('Fill', 'full', 3000000)"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_left_alone()
    {
        var page = await site.OpenAsync();
        await page.EvaluateAsync("new Promise((resolve) => { indexedDB.open('later', 99).onsuccess = ({ target }) => { target.result.close(); resolve(); }; })");
        Assert.Contains("a later version of this page", (await Assert.ThrowsAsync<PlaywrightException>(() => page.EvaluateAsync<string>("run('Look', 'later')"))).Message, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
