using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Samples.SocialNetwork.Dataset;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>A replica's Kuzu database, opened by itself: what is read from it owes nothing to the engine that wrote it.</summary>
internal sealed class GraphFile : IDisposable
{
    /// <summary>Sorting the largest table takes more than the engine's usual pool.</summary>
    private static readonly KuzuOptions Options = new() { ReadOnly = true, BufferPoolSize = 512UL << 20, MaxThreads = 2 };

    private readonly KuzuDatabase _database;
    private readonly KuzuConnection _connection;

    public GraphFile(string path)
    {
        _database = KuzuDatabase.Open(path, Options);
        _connection = _database.Connect();
    }

    /// <summary>The rows of a table in the order of their keys, each as the values of its columns; of a relationship, its ends come first.</summary>
    public IEnumerable<string?[]> Rows(GraphTable table)
    {
        using var result = _connection.Query(table.IsRelationship ? RelationshipQuery(table) : NodeQuery(table));
        var columns = result.ColumnNames.Count;
        while (result.Read())
        {
            var row = new string?[columns];
            for (var column = 0; column < columns; column++) row[column] = Cell.Of(result.GetValue(column));
            yield return row;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static string NodeQuery(GraphTable table) =>
        $"MATCH (n:{CypherName.Quote(table.Name)}) RETURN {Columns("n", table)} ORDER BY {Column("n", table.Columns[0])}";

    private static string RelationshipQuery(GraphTable table)
    {
        var columns = table.Columns.Count == 0 ? "" : $", {Columns("r", table)}";
        return $"MATCH (a:{CypherName.Quote(table.Source!)})-[r:{CypherName.Quote(table.Name)}]->(b:{CypherName.Quote(table.Target!)}) " +
            $"RETURN a.id AS source, b.id AS target{columns} ORDER BY source, target{columns}";
    }

    private static string Columns(string variable, GraphTable table) => string.Join(", ", table.AllColumns.Select(column => Column(variable, column)));

    private static string Column(string variable, string column) => $"{variable}.{CypherName.Quote(column)}";
}
