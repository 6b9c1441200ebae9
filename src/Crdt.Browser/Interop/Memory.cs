using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/memory.ts</c> exports.</summary>
internal static partial class Memory
{
    /// <summary>Copies bytes of JavaScript's, which no task can carry, and lets them go.</summary>
    public static byte[] Take(JSObject bytes)
    {
        using (bytes)
        {
            var copy = new byte[LengthOf(bytes)];
            if (copy.Length > 0) CopyTo(bytes, copy);
            return copy;
        }
    }

    /// <summary>Copies bytes to JavaScript, for calls that end later than they return.</summary>
    [JSImport("copyFrom", Module.Name)]
    public static partial JSObject Give([JSMarshalAs<JSType.MemoryView>] Span<byte> source);

    [JSImport("lengthOf", Module.Name)]
    private static partial int LengthOf(JSObject bytes);

    [JSImport("copyTo", Module.Name)]
    private static partial void CopyTo(JSObject bytes, [JSMarshalAs<JSType.MemoryView>] Span<byte> target);
}
