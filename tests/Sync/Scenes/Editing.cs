using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Edits and looks, in a line each.</summary>
public static class Editing
{
    public static async Task EditAsync(this GraphReplica replica, Func<GraphTransaction, Task> edit)
    {
        await using var transaction = await replica.BeginAsync();
        await edit(transaction);
        await transaction.CommitAsync();
    }

    public static Task EditAsync(this GraphReplica replica, Action<GraphTransaction> edit) => replica.EditAsync(transaction =>
    {
        edit(transaction);
        return Task.CompletedTask;
    });

    public static Task EditPersonAsync(this GraphReplica replica, long id, Action<Person> edit) => replica.EditAsync(async transaction =>
        edit(await transaction.GetAsync<Person>(id) ?? throw new InvalidOperationException($"There is no person {id}.")));

    /// <summary>Every row of a query, the values joined by a bar.</summary>
    public static async Task<List<string>> RowsAsync(this GraphReplica replica, string cypher)
    {
        var rows = new List<string>();
        await foreach (var row in replica.QueryAsync(cypher)) rows.Add(string.Join("|", row.Values.Select(Text)));
        return rows;
    }

    /// <summary>Everything that the graph database shows, in order.</summary>
    public static async Task<List<string>> DumpAsync(this GraphReplica replica) =>
    [
        .. await replica.RowsAsync("MATCH (p:Person) RETURN 'Person', p.Id, p.Email, p.Age, p.Stock, p.Tags ORDER BY p.Id"),
        .. await replica.RowsAsync("MATCH (p:Place) RETURN 'Place', p.Name, p.Height ORDER BY p.Name"),
        .. await replica.RowsAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'KNOWS', a.Id, b.Id, k.Since ORDER BY a.Id, b.Id"),
        .. await replica.RowsAsync("MATCH (a:Person)-[l:LIVES_IN]->(b:Place) RETURN 'LIVES_IN', a.Id, b.Name, l.Year ORDER BY a.Id, b.Name, l.Year"),
    ];

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Text)) + "]",
        DateOnly date => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
