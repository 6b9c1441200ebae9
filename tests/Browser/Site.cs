using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Crdt.Tests.Browser.Site))]

namespace Crdt.Tests.Browser;

/// <summary>The suite, which all tests share.</summary>
public sealed class Site : IAsyncLifetime
{
    private PublishedSuite? _suite;

    public async ValueTask InitializeAsync() => _suite = await PublishedSuite.StartAsync();

    public ValueTask DisposeAsync() => _suite?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc cref="PublishedSuite.Origin"/>
    internal string Origin => _suite!.Origin;

    /// <inheritdoc cref="PublishedSuite.OpenAsync"/>
    internal Task<IPage> OpenAsync(IPage? beside = null) => _suite!.OpenAsync(beside);

    /// <summary>Opens a page of another site, in a profile of its own.</summary>
    internal Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1000, bool touch = false) => _suite!.OpenAsync(address, scheme, width, touch);
}
