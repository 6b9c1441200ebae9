using System.Diagnostics;
using Crdt.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Crdt.Tests.Browser.Site))]

namespace Crdt.Tests.Browser;

/// <summary>The suite as it is published, on a server of this machine, and a browser to open it with.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(8);
    private WebApplication? _server;
    private Chromium? _chromium;

    public async ValueTask InitializeAsync()
    {
        await PublishAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        var types = new FileExtensionContentTypeProvider { Mappings = { [".dll"] = "application/octet-stream" } };
        var files = new PhysicalFileProvider(Path.Combine(Root, "artifacts", "browser", "Crdt.Tests.BrowserSuite"));
        _server.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
        await _server.StartAsync();
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Where the suite's page is from: what hubs let in.</summary>
    internal string Origin => _server!.Urls.Single();

    /// <summary>Opens the suite's page.</summary>
    /// <param name="beside">A page of whose profile it is to be; null for one of its own.</param>
    internal async Task<IPage> OpenAsync(IPage? beside = null)
    {
        var address = new Uri(new Uri(Origin), "index.html");
        var page = beside is null ? await _chromium!.OpenAsync(address) : await beside.Context.NewPageAsync();
        if (beside is not null) await page.GotoAsync(address.ToString());
        await page.WaitForFunctionAsync("!!globalThis.run");
        return page;
    }

    /// <summary>The folder of the repository.</summary>
    internal static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

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
        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}
