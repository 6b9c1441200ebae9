using System.Diagnostics;
using Crdt.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>The suite as it is published, on a server of this machine, and a browser to open it with.</summary>
internal sealed class PublishedSuite : IAsyncDisposable
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(8);
    private readonly WebApplication _server;
    private readonly Chromium _chromium;

    private PublishedSuite(WebApplication server, Chromium chromium) => (_server, _chromium) = (server, chromium);

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

    /// <summary>The folder of the site.</summary>
    public static string Folder { get; } = Path.Combine(Root, "artifacts", "browser", "Crdt.Tests.BrowserSuite");

    /// <summary>Where the suite's page is from: what hubs let in.</summary>
    public string Origin => _server.Urls.Single();

    public static async Task<PublishedSuite> StartAsync()
    {
        await PublishAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var types = new FileExtensionContentTypeProvider { Mappings = { [".dll"] = "application/octet-stream" } };
        server.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Folder), ContentTypeProvider = types });
        await server.StartAsync();
        return new(server, await Chromium.StartAsync());
    }

    /// <summary>Opens the suite's page.</summary>
    /// <param name="beside">A page of whose profile it is to be; null for one of its own.</param>
    public async Task<IPage> OpenAsync(IPage? beside = null)
    {
        var address = new Uri(new Uri(Origin), "index.html");
        var page = beside is null ? await _chromium.OpenAsync(address) : await beside.Context.NewPageAsync();
        if (beside is not null) await page.GotoAsync(address.ToString());
        await page.WaitForFunctionAsync("!!globalThis.run");
        return page;
    }

    /// <summary>Opens a page of another site, in a profile of its own.</summary>
    public Task<IPage> OpenAsync(Uri address, ColorScheme scheme, int width, bool touch) => _chromium.OpenAsync(address, scheme, width, touch);

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string FindRoot(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Crdt.sln")) ? folder.FullName : FindRoot(folder.Parent!);

    private static async Task PublishAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "tests/BrowserSuite", "-c", "Release", "--tl:off"]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH" }) start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(PublishLimit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"The suite could not be published: {await output}{await errors}");
    }
}
