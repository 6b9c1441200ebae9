using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/locks.ts</c> exports.</summary>
internal static partial class Locks
{
    /// <summary>Takes a name for this page alone; null where another page has it.</summary>
    [JSImport("tryLock", Module.Name)]
    public static partial Task<JSObject?> TryLockAsync(string name);

    [JSImport("lock", Module.Name)]
    public static partial Task<JSObject> LockAsync(string name);

    [JSImport("release", Module.Name)]
    public static partial Task ReleaseAsync(JSObject held);
}
