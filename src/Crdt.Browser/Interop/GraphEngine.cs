using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What <c>web/src/graph</c> exports.</summary>
internal static partial class GraphEngine
{
    [JSImport("loadGraph", Module.Name)]
    public static partial void Load();

    [JSImport("restoreGraph", Module.Name)]
    public static partial void Restore(string name, double pool);

    [JSImport("openGraph", Module.Name)]
    public static partial Task<JSObject> OpenAsync(double pool, string name, string tables, string definition, bool isAnew);

    [JSImport("markGraph", Module.Name)]
    public static partial Task<string> MarkAsync(JSObject graph, string origin);

    [JSImport("writeGraph", Module.Name)]
    public static partial Task<string> WriteAsync(JSObject graph, JSObject batch, double watermark, int rows);

    [JSImport("queryGraph", Module.Name)]
    public static partial Task<string> QueryAsync(JSObject graph, string query);

    [JSImport("bytesOfGraph", Module.Name)]
    public static partial Task<double> BytesAsync(JSObject graph);

    [JSImport("endGraph", Module.Name)]
    public static partial Task<string> EndAsync(JSObject graph);

    [JSImport("removeGraph", Module.Name)]
    public static partial Task RemoveAsync(string name);

    /// <summary>The revision of the truth that a graph showed when it was opened.</summary>
    public static long WatermarkOf(JSObject graph) => (long)graph.GetPropertyAsDouble("watermark");

    /// <summary>The id that the truth's replica wrote under then; empty where it doesn't say.</summary>
    public static string OriginOf(JSObject graph) => graph.GetPropertyAsString("origin") ?? "";

    /// <summary>The watermark that is kept for the next opening; negative where nothing can be.</summary>
    public static long KeptOf(JSObject graph) => (long)graph.GetPropertyAsDouble("kept");

    [JSImport("closeGraph", Module.Name)]
    public static partial void Close(JSObject graph);
}
