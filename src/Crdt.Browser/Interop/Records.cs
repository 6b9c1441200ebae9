using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/records</c> exports.</summary>
internal static partial class Records
{
    [JSImport("open", Module.Name)]
    public static partial Task<JSObject> OpenAsync(string name);

    [JSImport("close", Module.Name)]
    public static partial void Close(JSObject database);

    [JSImport("remove", Module.Name)]
    public static partial Task RemoveAsync(string name);

    [JSImport("write", Module.Name)]
    public static partial Task WriteAsync(JSObject database, JSObject changes);

    [JSImport("get", Module.Name)]
    public static partial Task<JSObject> GetAsync(JSObject database, int store, JSObject keys);

    [JSImport("read", Module.Name)]
    public static partial Task<JSObject> ReadAsync(JSObject database, int store, bool isIndexed, JSObject ranges, int limit, bool withRecords);

    [JSImport("readBytes", Module.Name)]
    public static partial Task<JSObject> ReadBytesAsync(JSObject database, int store, JSObject range, int maxBytes);

    [JSImport("count", Module.Name)]
    public static partial Task<JSObject> CountAsync(JSObject database, int store, bool isIndexed, JSObject ranges);

    [JSImport("shared", Module.Name)]
    public static partial Task<JSObject> SharedAsync(JSObject database, int store, JSObject range);
}
