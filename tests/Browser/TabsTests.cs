using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>Tabs that share what only one of them can have open. What they share here does nothing but say who has it.</summary>
public sealed class TabsTests(Site site)
{
    private const string Begin =
        """
        async ([name, fails]) => {
          const { share } = await import("/crdt/crdt-tabs.js");
          globalThis.events = [];
          let host;
          const service = {
            open: async () => {
              globalThis.hasOpened = true;
              if (fails) throw new Error("the store is damaged");
            },
            call: async (call, values) => {
              if (call === "fail") throw new Error(`that failed: ${values[0]}`);
              if (call === "tell") host.tell({ said: values[0] });
              if (call === "end") host.ended("it came to its end");
              if (call === "wait" && globalThis.me === "first") await new Promise(() => undefined);
              return `${globalThis.me}: ${call} ${values.join(" ")}`;
            },
          };
          globalThis.shared = share(name, (given) => ((host = given), service), { onEvent: (event) => globalThis.events.push(event.said), onFailure: (reason) => (globalThis.failure = reason) });
        }
        """;

    [Fact]
    public async Task One_tab_has_it_and_the_others_reach_it_there()
    {
        var (first, second, third) = await OpenAsync("reached");
        Assert.Equal("first: add 1 2", await CallAsync(second, "'add', 1, 2"));
        Assert.Equal("first: add 3", await CallAsync(first, "'add', 3"));
        Assert.Contains("that failed: why", (await Assert.ThrowsAsync<PlaywrightException>(() => CallAsync(third, "'fail', 'why'"))).Message, StringComparison.Ordinal);
        await CallAsync(third, "'tell', 'news'");
        foreach (var tab in (IPage[])[first, second, third])
        {
            await tab.WaitForFunctionAsync("globalThis.events.length === 1");
            Assert.Equal("news", await tab.EvaluateAsync<string>("events[0]"));
        }

        Assert.False(await second.EvaluateAsync<bool>("!!globalThis.hasOpened"));
        await first.Context.CloseAsync();
    }

    [Fact]
    public async Task When_its_tab_is_closed_the_next_one_opens_it_and_what_was_under_way_is_told_or_asked_again()
    {
        var (first, second, third) = await OpenAsync("closed");
        await third.EvaluateAsync("void (globalThis.waiting = shared.call('wait').then(() => 'answered', (error) => error.message))");
        await third.EvaluateAsync("void (globalThis.asked = shared.read('wait').then((answer) => answer, (error) => error.message))");
        await CallAsync(third, "'add'"); // What was sent before has been received now.
        await first.CloseAsync();
        Assert.Contains("was closed before it answered", await third.EvaluateAsync<string>("waiting"), StringComparison.Ordinal);
        Assert.Equal("second: add 1", await ReadAsync(third, "'add', 1"));
        Assert.Equal("second: wait ", await third.EvaluateAsync<string>("asked"));
        await second.CloseAsync();
        Assert.Equal("third: add 2", await ReadAsync(third, "'add', 2"));
        Assert.True(await third.EvaluateAsync<bool>("shared.isOwner"));
        await third.Context.CloseAsync();
    }

    [Fact]
    public async Task A_tab_that_crashes_is_followed_like_one_that_is_closed()
    {
        var (first, second, third) = await OpenAsync("crashed");
        var crashed = new TaskCompletionSource();
        first.Crash += (_, _) => crashed.TrySetResult();
        var browser = await first.Context.NewCDPSessionAsync(first);
        _ = browser.SendAsync("Page.crash").ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        await crashed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await second.WaitForFunctionAsync("shared.isOwner");
        Assert.Equal("second: add 1", await CallAsync(third, "'add', 1"));
        await third.Context.CloseAsync();
    }

    [Fact]
    public async Task What_one_tab_cannot_open_is_told_and_opened_by_the_next()
    {
        var first = await BeginAsync("failing", "first", null, fails: true);
        await first.WaitForFunctionAsync("globalThis.failure === 'the store is damaged'");
        Assert.Contains("damaged", (await Assert.ThrowsAsync<PlaywrightException>(() => CallAsync(first, "'add'"))).Message, StringComparison.Ordinal);
        var second = await BeginAsync("failing", "second", first);
        Assert.Equal("second: add 1", await CallAsync(second, "'add', 1"));
        Assert.Equal("second: add 2", await CallAsync(first, "'add', 2"));
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_it_ends_in_a_tab_that_stays_the_next_tab_takes_over()
    {
        var (first, second, third) = await OpenAsync("ended");
        await third.EvaluateAsync("void shared.call('end').catch(() => undefined)");
        await second.WaitForFunctionAsync("shared.isOwner");
        Assert.Equal("second: add 1", await ReadAsync(third, "'add', 1"));
        Assert.Equal("second: add 2", await ReadAsync(first, "'add', 2"));
        await third.Context.CloseAsync();
    }

    /// <summary>The lock was there before the words of the tab that had given it back.</summary>
    [Fact]
    public async Task What_a_former_owner_says_too_late_deposes_nobody()
    {
        var (first, second, third) = await OpenAsync("late");
        await third.EvaluateAsync("new BroadcastChannel('crdt.tabs.late').postMessage({ kind: 'failed', term: 1, error: 'it came to its end' })");
        await third.EvaluateAsync("new BroadcastChannel('crdt.tabs.late').postMessage({ kind: 'opening', term: 1 })");
        Assert.Equal("first: add 1", await CallAsync(third, "'add', 1"));
        Assert.Equal("first: add 2", await CallAsync(second, "'add', 2"));
        Assert.True(await first.EvaluateAsync<bool>("shared.isOwner"));
        Assert.False(await second.EvaluateAsync<bool>("!!globalThis.failure"));
        await third.Context.CloseAsync();
    }

    [Fact]
    public async Task A_value_that_cannot_cross_is_refused_and_hinders_no_other_call()
    {
        var (_, second, _) = await OpenAsync("uncloneable");
        Assert.Contains("could not be cloned", (await Assert.ThrowsAsync<PlaywrightException>(() => CallAsync(second, "'add', () => 1"))).Message, StringComparison.Ordinal);
        Assert.Equal("first: add 1", await CallAsync(second, "'add', 1"));
        await second.Context.CloseAsync();
    }

    private static Task<string> CallAsync(IPage tab, string call) => tab.EvaluateAsync<string>($"shared.call({call})");

    // Until the browser has given its lock to the next, a call may still be sent to a tab that is gone.
    private static Task<string> ReadAsync(IPage tab, string call) => tab.EvaluateAsync<string>($"shared.read({call})");

    private async Task<(IPage First, IPage Second, IPage Third)> OpenAsync(string name)
    {
        var first = await BeginAsync(name, "first", null);
        await CallAsync(first, "'add'");
        var second = await BeginAsync(name, "second", first);
        await CallAsync(second, "'add'");
        return (first, second, await BeginAsync(name, "third", second));
    }

    private async Task<IPage> BeginAsync(string name, string tab, IPage? beside, bool fails = false)
    {
        var page = await site.OpenAsync(beside);
        await page.EvaluateAsync("name => void (globalThis.me = name)", tab);
        await page.EvaluateAsync(Begin, new object[] { name, fails });
        return page;
    }
}
