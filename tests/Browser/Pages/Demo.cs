using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Crdt.Tests.Browser.Pages;

/// <summary>The page with a hub, as <c>bash eng/demo browser</c> starts them; and further hubs of that page, each with nothing in it.</summary>
public sealed class Demo : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private readonly List<Process> _processes = [];
    private readonly List<string> _folders = [];

    /// <summary>Where the demo says that it is.</summary>
    internal Uri Address { get; private set; } = new("about:blank");

    public async ValueTask InitializeAsync()
    {
        var port = FindPort();
        Address = new($"http://127.0.0.1:{port}");
        await StartAsync($"  http://127.0.0.1:{port}/?replica=", "bash", Path.Combine(PublishedSuite.Root, "eng", "demo"), "browser", $"{port}");
    }

    /// <summary>Starts a hub of its own, from what the demo has built.</summary>
    internal async Task<Uri> StartHubAsync()
    {
        var address = $"http://127.0.0.1:{FindPort()}";
        var folder = Directory.CreateTempSubdirectory("crdt-page-").FullName;
        _folders.Add(folder);
        var program = Path.Combine(PublishedSuite.Root, "samples", "BrowserHub", "bin", "Release", "net10.0", "Crdt.Samples.BrowserHub.dll");
        await StartAsync("listening at", "dotnet", program, Path.Combine(PublishedSuite.Root, "artifacts", "browser", "Crdt.Samples.Browser"), folder, address);
        return new(address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await EndAsync(process);

        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a program, and waits until it has written a line that begins as given.</summary>
    private async Task StartAsync(string ready, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH" }) start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var process = Process.Start(start)!;
        _processes.Add(process);
        var (lines, errors) = (new List<string>(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        // Nobody disposes of what could not be begun.
        await using var ending = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lines.Add(line);
            if (!line.StartsWith(ready, StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended early: {string.Join('\n', lines)}\n{await errors}");
    }

    /// <summary>Ends a program as Control and C would, so that what it started ends with it.</summary>
    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    /// <summary>A free port below those that the system gives to connections, one of which might take it while the page is being built.</summary>
    private static int FindPort()
    {
        for (; ; )
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it; another one, then.
            }
        }
    }
}
