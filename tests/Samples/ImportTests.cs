using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Samples;

/// <summary>What the demo imports through the public API is what Kuzu imports from the same files by itself.</summary>
public sealed class ImportTests
{
    private const int RowsPerFile = 400;

    [Fact]
    public async Task Every_table_holds_what_Kuzus_own_import_puts_there()
    {
        using WorkFolder data = new(), work = new();
        Cut(data.Path);
        await DemoProcess.KillAsync("First sync", TimeSpan.Zero, ["--all", "--data", data.Path, "--work", work.Path]);
        using var truth = KuzuDatabase.Open(":memory:", new() { BufferPoolSize = 256UL << 20 });
        using var expected = truth.Connect();
        foreach (var script in new[] { "schema.cypher", "copy.cypher" }) Run(expected, Path.Combine(data.Path, script));
        using var graph = KuzuDatabase.Open(work.Graph("office"), new() { ReadOnly = true });
        using var actual = graph.Connect();

        var tables = Read(expected, "CALL show_tables() RETURN name, type ORDER BY name").ToList();
        Assert.Equal(8 + 23, tables.Count);
        var rowsInAll = 0;
        foreach (var table in tables)
        {
            var query = table[1] == "NODE" ? NodeQuery(expected, table[0]) : RelationshipQuery(expected, table[0]);
            var rows = Read(expected, query).ToList();
            Assert.Equal(rows, Read(actual, query));
            rowsInAll += rows.Count;
        }

        Assert.Equal(6854, rowsInAll);
    }

    /// <summary>Copies the beginning of every file. Relationships to what is cut off are passed over by both imports.</summary>
    private static void Cut(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(DataSet.Folder))
        {
            var lines = file.EndsWith(".csv", StringComparison.Ordinal) ? File.ReadLines(file).Take(RowsPerFile) : File.ReadLines(file);
            File.WriteAllLines(Path.Combine(folder, Path.GetFileName(file)), lines);
        }

        var copy = Path.Combine(folder, "copy.cypher");
        File.WriteAllText(copy, File.ReadAllText(copy).Replace("dataset/ldbc-sf01", folder, StringComparison.Ordinal));
    }

    private static void Run(KuzuConnection connection, string script)
    {
        foreach (var statement in File.ReadLines(script).Select(line => line.TrimEnd(' ', ';')).Where(line => line.Length > 0))
            connection.Execute(statement.StartsWith("COPY", StringComparison.Ordinal) && statement.Contains('_') ? $"{statement} (IGNORE_ERRORS=true)" : statement);
    }

    private static string NodeQuery(KuzuConnection connection, string table) =>
        $"MATCH (n:{table}) RETURN {string.Join(", ", Columns(connection, table).Select(column => $"n.{column}"))} ORDER BY n.id";

    private static string RelationshipQuery(KuzuConnection connection, string table)
    {
        var ends = Read(connection, $"CALL show_connection('{table}') RETURN *").Single();
        var columns = string.Concat(Columns(connection, table).Select(column => $", r.{column}"));
        return $"MATCH (a:{ends[0]})-[r:{table}]->(b:{ends[1]}) RETURN a.id AS source, b.id AS target{columns} ORDER BY source, target";
    }

    private static IEnumerable<string> Columns(KuzuConnection connection, string table) =>
        Read(connection, $"CALL table_info('{table}') RETURN name").Select(row => row[0]);

    private static IEnumerable<string[]> Read(KuzuConnection connection, string query)
    {
        using var result = connection.Query(query);
        var columns = Enumerable.Range(0, result.ColumnNames.Count).ToArray();
        while (result.Read()) yield return [.. columns.Select(column => result.GetValue(column)?.ToString() ?? "NULL")];
    }
}
