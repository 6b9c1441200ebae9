using System.Globalization;
using Crdt.Sync;

namespace Crdt.Tests.NetworkReplica;

/// <summary>All that the graph database shows, in order.</summary>
internal static class Dump
{
    /// <summary>The queries, of which the rows of all replicas have to be the same.</summary>
    public static readonly string[] Queries =
    [
        "MATCH (p:Person) RETURN 'Person', p.Id, p.Name, p.Stock, p.Tags ORDER BY p.Id",
        "MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'KNOWS', a.Id, b.Id, k.Since ORDER BY a.Id, b.Id",
        "MATCH (e:Entry) RETURN 'Entry', e.Id, e.At ORDER BY e.Id",
    ];

    public static async IAsyncEnumerable<string> ReadAsync(GraphReplica replica)
    {
        foreach (var query in Queries)
        {
            await foreach (var row in replica.QueryAsync(query)) yield return string.Join('|', row.Values.Select(Text));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        System.Collections.IEnumerable many => $"[{string.Join(",", many.Cast<object?>().Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
