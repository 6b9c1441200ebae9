using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/keys.ts</c> exports.</summary>
internal static partial class Keys
{
    [JSImport("createKey", Module.Name)]
    public static partial Task<JSObject> CreateAsync();

    [JSImport("keepKey", Module.Name)]
    public static partial Task KeepAsync(JSObject database, JSObject publicKey);

    [JSImport("openKey", Module.Name)]
    public static partial Task<JSObject> OpenAsync(JSObject database, JSObject publicKey);

    [JSImport("sign", Module.Name)]
    public static partial Task<JSObject> SignAsync(JSObject key, JSObject message);
}
