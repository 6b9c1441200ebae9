using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/signatures.ts</c> exports.</summary>
internal static partial class Signatures
{
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => VerifyLent(key.ToArray(), message.ToArray(), signature.ToArray());

    [JSImport("verify", Module.Name)]
    private static partial bool VerifyLent([JSMarshalAs<JSType.MemoryView>] Span<byte> key, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> signature);
}
