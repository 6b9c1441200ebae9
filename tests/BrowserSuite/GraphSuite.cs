using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Browser.Projecting;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Tests.BrowserSuite;

/// <summary>A graph database in kuzu-wasm, which is told what one on this machine is told too.</summary>
[SupportedOSPlatform("browser")]
internal static partial class GraphSuite
{
    private static IGraphProjection? _projection;

    /// <summary>Opens a database with the tables of a schema, in base 64.</summary>
    [JSExport]
    public static async Task<int> OpenGraph(string schema)
    {
        await BrowserModule.LoadAsync();
        _projection = new GraphReplicaOptions().UseKuzuWasm().Projection!();
        return (int)await _projection.OpenAsync(ReadSchema(Convert.FromBase64String(schema)));
    }

    /// <summary>Writes a batch: its watermark, then of each of its six lists the number of entities, and of each entity its id and, but for what is deleted, its state.</summary>
    [JSExport]
    public static async Task<bool> Apply(string batch)
    {
        await _projection!.ApplyAsync(ReadBatch(Convert.FromBase64String(batch)));
        return true;
    }

    /// <summary>The rows of a query: the values of a row after each other, a line each.</summary>
    [JSExport]
    public static async Task<string> Ask(string query)
    {
        var rows = new List<string>();
        await foreach (var result in _projection!.QueryAsync(query, timeout: TimeSpan.FromSeconds(20))) rows.AddRange(result.Rows.Select(row => string.Join('|', row.Values.Select(value => value ?? "NULL"))));
        return string.Join('\n', rows);
    }

    private static GraphSchema ReadSchema(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        return GraphSchema.Read(ref reader);
    }

    private static ProjectionBatch ReadBatch(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var watermark = (long)reader.ReadVarint();
        var lists = new List<ProjectedEntity>[6];
        for (var list = 0; list < lists.Length; list++)
        {
            lists[list] = [];
            for (var left = reader.ReadVarint(); left > 0; left--) lists[list].Add(new(EntityId.FromTrusted(reader.ReadBlock().ToArray()), reader.ReadBlock().ToArray()));
        }

        return new(watermark, [.. lists[0].Select(entity => entity.Id)], [.. lists[1].Select(entity => entity.Id)], lists[2], lists[3], lists[4], lists[5]);
    }
}
