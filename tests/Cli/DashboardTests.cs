using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Crdt.Tests.Cli;

/// <summary>The page that shows a hub live.</summary>
public sealed class DashboardTests : IAsyncDisposable
{
    private const string Tables = "CREATE NODE TABLE Customer (id INT64 PRIMARY KEY, name STRING, city STRING)";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Tool _tool = new();
    private readonly HttpClient _http = new();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _tool.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_what_the_hub_has_and_who_is_connected()
    {
        var page = await ServeAsync("--dashboard");
        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 1, name: '<b>Ann</b>'})", "-r", "north");
        _tool.Watch(Address(page), "north");
        var state = await StateAsync(page, state => state["peers"]!.AsArray() is [{ } peer] && peer!["lag"]!.GetValue<long>() == 0 && peer["received"]!.GetValue<long>() > 0 && state["entities"]!.GetValue<long>() == 1);
        var peer = state["peers"]![0]!;
        Assert.Equal("north", peer["peer"]!.GetValue<string>());
        Assert.Equal((await _tool.JsonAsync(0, "enroll", "-r", "hub"))["peers"]![0]!["replica"]!.GetValue<string>(), peer["replica"]!.GetValue<string>());
        Assert.Equal("main", state["lanes"]![0]!["lane"]!.GetValue<string>());
        Assert.NotEmpty(state["lanes"]![0]!["writes"]!.AsArray());
    }

    /// <summary>Drawn by Chromium, which runs the page's own script on the hub's live figures.</summary>
    [Fact]
    public async Task A_browser_draws_it()
    {
        var page = await ServeAsync("--dashboard");
        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 1, name: 'Ann'})", "-r", "north");
        _tool.Watch(Address(page), "north");
        await StateAsync(page, state => state["peers"]!.AsArray().Count == 1 && state["entities"]!.GetValue<long>() == 1);
        await using var chromium = await Chromium.StartAsync();
        var (errors, drawn) = (new List<string>(), await chromium.OpenAsync(page));
        drawn.PageError += (_, error) => errors.Add(error);
        await drawn.WaitForSelectorAsync("#link[data-state=live]");
        await SaysAsync(drawn, "#entities", "1");
        await SaysAsync(drawn, "#connected", "1");
        await SaysAsync(drawn, "#conflicts", "0");
        Assert.Contains("in step", await drawn.InnerTextAsync("#peers"), StringComparison.Ordinal);
        Assert.Contains("main", await drawn.InnerTextAsync("#lanes"), StringComparison.Ordinal);
        Assert.Matches("[0-9.]+,[0-9.]+", (await drawn.GetAttributeAsync("#traffic polyline", "points"))!);

        // It goes on by itself, whatever comes in.
        await _tool.JsonAsync(0, "cypher", "--write", "CREATE (:Customer {id: 2, name: 'Bo'}), (:Customer {id: 3, name: 'Cy'})", "-r", "south");
        await _tool.JsonAsync(0, "sync", Address(page), "-r", "south", "--code", (await _tool.JsonAsync(0, "enroll", "<b>south</b>", "-r", "hub"))["code"]!.GetValue<string>());
        await SaysAsync(drawn, "#entities", "3");
        Assert.Equal(0, await drawn.Locator("tbody b").CountAsync()); // What comes from replicas is text.
        Assert.Empty(errors);
        // The picture in docs/hub.md is made so.
        if (Environment.GetEnvironmentVariable("CRDT_SHOT") is { } shot) await drawn.ScreenshotAsync(new() { Path = shot });
        var phone = await chromium.OpenAsync(page, Microsoft.Playwright.ColorScheme.Dark, width: 360);
        await SaysAsync(phone, "#entities", "3");
        Assert.True(await phone.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"));
    }

    [Fact]
    public async Task It_is_for_this_machine_and_only_where_it_was_asked_for()
    {
        var page = await ServeAsync("--dashboard");
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "state")) { Headers = { Host = "evil.example.org" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(elsewhere)).StatusCode);
        using var proxied = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "state")) { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(proxied)).StatusCode);
        Assert.Contains("--plain-text", (await _tool.RunAsync("serve", "south", "--dashboard", "--plain-text")).Errors, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", string.Join(' ', (await _http.GetAsync(page)).Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(await AddressOfAsync("south"))).StatusCode);
    }

    /// <summary>A hub, and a replica that is let in to it.</summary>
    private async Task<Uri> ServeAsync(params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "shop.cypher"), Tables);
        foreach (var replica in new[] { "hub", "north", "south" }) await _tool.JsonAsync(0, "init", "shop", "-r", replica, "--tables", "shop.cypher");
        var page = await AddressOfAsync("hub", options);
        var code = (await _tool.JsonAsync(0, "enroll", "north", "-r", "hub"))["code"]!.GetValue<string>();
        await _tool.JsonAsync(0, "sync", Address(page), "-r", "north", "--code", code);
        return page;
    }

    private async Task<Uri> AddressOfAsync(string replica, params string[] options) =>
        new UriBuilder(await _tool.ServeAsync([replica, .. options])) { Scheme = "http", Path = "/dashboard/" }.Uri;

    private static string Address(Uri page) => new UriBuilder(page) { Scheme = "ws", Path = "/sync" }.Uri.ToString();

    private static Task SaysAsync(Microsoft.Playwright.IPage page, string selector, string text) =>
        Microsoft.Playwright.Assertions.Expect(page.Locator(selector)).ToHaveTextAsync(text, new() { Timeout = (float)Patience.TotalMilliseconds });

    private async Task<JsonNode> StateAsync(Uri page, Func<JsonNode, bool> isReached)
    {
        for (var begin = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            var state = (await _http.GetFromJsonAsync<JsonNode>(new Uri(page, "state")))!;
            if (isReached(state)) return state;
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, state.ToJsonString());
        }
    }
}
