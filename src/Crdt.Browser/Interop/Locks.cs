using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/locks.ts</c> exports.</summary>
internal static partial class Locks
{
    /// <summary>Takes a name for this page alone; null where another page has it for longer than so many milliseconds.</summary>
    [JSImport("lock", Module.Name)]
    public static partial Task<JSObject?> LockAsync(string name, int patience);

    [JSImport("release", Module.Name)]
    public static partial Task ReleaseAsync(JSObject held);
}
