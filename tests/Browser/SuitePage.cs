using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>A page of the suite with one runtime, which keeps what it was told from call to call.</summary>
internal sealed class SuitePage : IAsyncDisposable
{
    private readonly List<string> _said = [];

    private SuitePage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            lock (_said) _said.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What it has written on its console so far.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    public static async Task<SuitePage> OpenAsync(IPage page)
    {
        var opened = new SuitePage(page);
        await page.EvaluateAsync("void (globalThis.suite = begin())");
        return opened;
    }

    public Task CallAsync(string name, params object[] values) => CallAsync<object>(name, values);

    public Task<T> CallAsync<T>(string name, params object[] values) => Page.EvaluateAsync<T>("([name, values]) => suite.call(name, ...values)", new object[] { name, values });

    /// <summary>Waits until it has written a line.</summary>
    public async Task SaysAsync(Func<string, bool> line)
    {
        for (var waited = 0; !Said.Any(line); waited += 10)
        {
            Assert.True(waited < 30_000, string.Join('\n', Said.TakeLast(20)));
            await Task.Delay(10);
        }
    }

    /// <summary>Ends its renderer in the middle of whatever it does.</summary>
    public async Task CrashAsync()
    {
        var crashed = new TaskCompletionSource();
        Page.Crash += (_, _) => crashed.TrySetResult();
        var browser = await Page.Context.NewCDPSessionAsync(Page);
        _ = browser.SendAsync("Page.crash").ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        await crashed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
