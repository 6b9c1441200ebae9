using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Compression;
using Crdt.Browser.Interop;
using Crdt.Signing;
using Crdt.Sync.Compression;

namespace Crdt.Browser;

/// <summary>The JavaScript that this library calls: IndexedDB has no other way in, and zstd and ECDSA are not in the framework there.</summary>
public static class BrowserModule
{
    /// <summary>Where the module is by default, from the runtime's own folder <c>_framework</c> on.</summary>
    public const string DefaultAddress = "../crdt/crdt.js";

    private static Task? _loading;

    /// <summary>Whether it has been loaded.</summary>
    internal static bool IsLoaded => _loading is { IsCompletedSuccessfully: true };

    /// <summary>Loads the module; to be called once, before a store is opened. Later calls wait for the first.</summary>
    /// <param name="address">Where it is, from the runtime's folder on, or absolute.</param>
    /// <exception cref="JSException">There is no such module, or it can't be loaded now: the runtime remembers that, so reload the page to try again.</exception>
    public static Task LoadAsync(string address = DefaultAddress)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        return _loading ??= ImportAsync(address);
    }

    private static async Task ImportAsync(string address)
    {
        await JSHost.ImportAsync(Module.Name, address).ConfigureAwait(false);
        await Zstd.LoadAsync().ConfigureAwait(false);
        CompressorChoice.Provide(new WasmZstdCompressor());
        HostVerification.Current = Signatures.Verify;
    }
}
