using System.Reflection;
using System.Runtime.InteropServices;

namespace Crdt.Sync.Compression;

/// <summary>The parts of libzstd's stable C API (1.4 and later) that are used, and where the library is found.</summary>
internal static unsafe partial class ZstdLibrary
{
    public const int LevelParameter = 100, ChecksumParameter = 201, MostWindowParameter = 100;
    public const int ResetSession = 1;
    public const ulong UnknownContentSize = ulong.MaxValue;

    private const string Name = "zstd";
    private static readonly string[] Candidates = ["libzstd.so.1", "zstd", "libzstd.dll", "libzstd.1.dylib"];
    private static readonly nint Found = Find();

    /// <summary>Whether the host has a library that is new enough.</summary>
    public static bool IsFound => Found != 0;

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    public static partial nint CreateCompression();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    public static partial nuint FreeCompression(nint context);

    [LibraryImport(Name, EntryPoint = "ZSTD_CCtx_setParameter")]
    public static partial nuint SetParameter(CompressionContext context, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressBound")]
    public static partial nuint Bound(nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_compress2")]
    public static partial nuint Compress(CompressionContext context, byte* output, nuint capacity, byte* input, nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_createDCtx")]
    public static partial nint CreateDecompression();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeDCtx")]
    public static partial nuint FreeDecompression(nint context);

    [LibraryImport(Name, EntryPoint = "ZSTD_DCtx_setParameter")]
    public static partial nuint SetParameter(DecompressionContext context, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_DCtx_reset")]
    public static partial nuint Reset(DecompressionContext context, int what);

    [LibraryImport(Name, EntryPoint = "ZSTD_decompressStream")]
    public static partial nuint Decompress(DecompressionContext context, Buffer* output, Buffer* input);

    [LibraryImport(Name, EntryPoint = "ZSTD_getFrameContentSize")]
    public static partial ulong ContentSize(byte* input, nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint code);

    private static nint Find()
    {
        if (OperatingSystem.IsBrowser()) return 0;
        var assembly = typeof(ZstdLibrary).Assembly;
        var library = Candidates.Select(candidate => NativeLibrary.TryLoad(candidate, assembly, null, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0);
        // Older ones lack what is called here; it is the newest function of those above.
        if (library == 0 || !NativeLibrary.TryGetExport(library, "ZSTD_compress2", out _)) return 0;
        NativeLibrary.SetDllImportResolver(assembly, Resolve);
        return library;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Found : 0;

    /// <summary>A span of memory and how much of it was used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }
}
