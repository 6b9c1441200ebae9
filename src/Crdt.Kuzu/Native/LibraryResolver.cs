using System.Reflection;
using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>Finds the engine's library: the file that <c>KUZU_LIBRARY</c> names, else the one beside the program.</summary>
internal static class LibraryResolver
{
    /// <exception cref="DllNotFoundException">No library was found; the message says what to do.</exception>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Abi.Library)
            return 0;
        var named = Environment.GetEnvironmentVariable(Abi.LibraryVariable);
        if (!string.IsNullOrEmpty(named))
            return LoadNamed(named);
        if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, FileName), out var handle)
            || NativeLibrary.TryLoad(name, assembly, searchPath, out handle))
            return handle;
        throw new DllNotFoundException(
            $"The Kuzu engine was not found: there is no loadable '{FileName}' beside the program ({AppContext.BaseDirectory}). "
            + $"Build it with 'eng/kuzu/prepare' on Linux, or let {Abi.LibraryVariable} name an official libkuzu {Abi.Version}.");
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "kuzu_shared.dll" : OperatingSystem.IsMacOS() ? "libkuzu.dylib" : "libkuzu.so";

    private static nint LoadNamed(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException(
                $"{Abi.LibraryVariable} names '{path}', which can't be loaded. It must name an official libkuzu {Abi.Version}.", e);
        }
    }
}
