using Crdt.Sync;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Looks at replicas, in a line each.</summary>
internal static class Reading
{
    public static async Task<List<object?[]>> RowsAsync(this GraphReplica replica, string cypher)
    {
        var rows = new List<object?[]>();
        await foreach (var row in replica.QueryAsync(cypher)) rows.Add([.. row.Values]);
        return rows;
    }

    public static async Task<List<string>> TextsAsync(this GraphReplica replica, string cypher) =>
        [.. (await replica.RowsAsync(cypher)).Select(row => string.Join('|', row.Select(value => Crdt.Kuzu.Projecting.ShownText.Of(value))))];

    /// <summary>Everything that the graph database shows, in order.</summary>
    public static async Task<List<string>> DumpAsync(this GraphReplica replica)
    {
        var rows = new List<string>();
        foreach (var type in replica.Schema.Types)
        {
            var columns = string.Concat(type.Fields.Select(field => $", e.`{field.Column}`")) + (type.Key is null ? "" : $", e.`{type.Key.Column}`");
            var pattern = type.IsRelationship ? $"(a:`{type.Source.Table}`)-[e:`{type.Table}`]->(b:`{type.Target.Table}`)" : $"(e:`{type.Table}`)";
            var ends = type.IsRelationship ? $", a.`{type.Source.Key!.Column}`, b.`{type.Target.Key!.Column}`" : "";
            rows.AddRange((await replica.TextsAsync($"MATCH {pattern} RETURN '{type.Name}'{ends}{columns}")).Order(StringComparer.Ordinal));
        }

        return rows;
    }
}
