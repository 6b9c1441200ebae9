using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/zstd.ts</c> exports.</summary>
internal static partial class Zstd
{
    [JSImport("loadZstd", Module.Name)]
    public static partial Task LoadAsync();

    [JSImport("compress", Module.Name)]
    public static partial JSObject Compress([JSMarshalAs<JSType.MemoryView>] Span<byte> content, int level);

    [JSImport("decompress", Module.Name)]
    public static partial JSObject Decompress([JSMarshalAs<JSType.MemoryView>] Span<byte> frame);
}
