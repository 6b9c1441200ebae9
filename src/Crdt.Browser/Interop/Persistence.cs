using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/persistence.ts</c> exports.</summary>
internal static partial class Persistence
{
    [JSImport("persistence", Module.Name)]
    public static partial Task<JSObject> ReadAsync();
}
