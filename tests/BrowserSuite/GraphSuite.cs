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

    /// <summary>Opens a database with the tables of a schema, in base 64, in place of the one before.</summary>
    [JSExport]
    public static async Task<int> OpenGraph(string schema)
    {
        await BrowserModule.LoadAsync();
        if (_projection is not null) await _projection.DisposeAsync();
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

    /// <summary>The rows of a query, which may take some seconds: the values of a row after each other, a line each.</summary>
    [JSExport]
    public static async Task<string> Ask(string query, int seconds)
    {
        var rows = new List<string>();
        await foreach (var result in _projection!.QueryAsync(query, timeout: TimeSpan.FromSeconds(seconds))) rows.AddRange(result.Rows.Select(row => string.Join('|', row.Values.Select(value => value ?? "NULL"))));
        return string.Join('\n', rows);
    }

    /// <summary>The types of .NET in which the values of the first row come.</summary>
    [JSExport]
    public static async Task<string> AskTypes(string query)
    {
        await foreach (var result in _projection!.QueryAsync(query)) return string.Join(' ', result.Rows.First().Values.Select(value => value?.GetType().Name ?? "null"));
        return "";
    }

    /// <summary>What parameters of all types are to the engine.</summary>
    [JSExport]
    public static async Task<string> AskParameters()
    {
        var parameters = new Dictionary<string, object?>
        {
            ["whole"] = 1.0,
            ["low"] = double.NegativeInfinity,
            ["items"] = new[] { 1L, 1L << 60 },
            ["words"] = new[] { "a", "" },
            ["bytes"] = new byte[] { 0, 255 },
            ["date"] = new DateOnly(2024, 2, 29),
            ["time"] = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc).AddMicroseconds(456_789),
            ["large"] = long.MaxValue,
            ["small"] = -7,
            ["text"] = "$whole",
            ["nothing"] = null,
            ["id"] = Guid.Empty,
        };
        const string query = "RETURN $whole / 2, CAST($low AS STRING), 1152921504606846976 IN $items, '' IN $words, CAST($bytes AS STRING), CAST($date AS STRING), CAST($time AS STRING), $large, $small + 1, $text, '$whole', $nothing, typeof($id)";
        await foreach (var result in _projection!.QueryAsync(query, parameters)) return string.Join('|', result.Rows.First().Values.Select(value => value ?? "NULL"));
        return "";
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
