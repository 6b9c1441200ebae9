using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/graph</c> exports.</summary>
internal static partial class GraphEngine
{
    [JSImport("openGraph", Module.Name)]
    public static partial Task<JSObject> OpenAsync(double pool);

    [JSImport("defineGraph", Module.Name)]
    public static partial Task<string> DefineAsync(JSObject graph, string text);

    [JSImport("writeGraph", Module.Name)]
    public static partial Task<string> WriteAsync(JSObject graph, JSObject batch);

    [JSImport("queryGraph", Module.Name)]
    public static partial Task<string> QueryAsync(JSObject graph, string query);

    [JSImport("bytesOfGraph", Module.Name)]
    public static partial Task<double> BytesAsync(JSObject graph);

    [JSImport("closeGraph", Module.Name)]
    public static partial void Close(JSObject graph);
}
