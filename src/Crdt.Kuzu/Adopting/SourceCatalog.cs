using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Adopting;

/// <summary>Reads the tables of a database that never saw this library. Its names are any text, so they aren't for <see cref="CypherName"/>.</summary>
/// <param name="connection">A connection to it.</param>
internal sealed class SourceCatalog(KuzuConnection connection)
{
    private static readonly string[] Multiplicities = ["MANY_ONE", "ONE_MANY", "ONE_ONE"];

    /// <summary>A name between backticks. The engine's grammar has no way to put a backtick into a name, so none gets out.</summary>
    public static string Quote(string name) => name.Contains('`', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
        ? throw new AdoptionException($"'{name}' is a name that the engine can't be asked for.")
        : $"`{name}`";

    /// <summary>Text as a literal, for the functions that take no parameter.</summary>
    public static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>All tables, ordered by name, so that what is made of them doesn't depend on when they were created.</summary>
    public IReadOnlyList<SourceTable> Tables()
    {
        var tables = new List<SourceTable>();
        foreach (var (name, kind) in Rows("CALL show_tables() RETURN name, type", row => (row.GetString(0), row.GetString(1))))
        {
            var isKnown = kind is SourceTable.Node or SourceTable.Relationship;
            tables.Add(new(name, kind, isKnown ? ColumnsOf(name, kind) : [], kind == SourceTable.Relationship ? ConnectionsOf(name) : []));
        }

        var limits = tables.Exists(table => table.Kind == SourceTable.Relationship) ? Multiplicity() : [];
        return
        [
            .. tables.OrderBy(table => table.Name, StringComparer.Ordinal)
                .Select(table => table with { Multiplicity = limits is null ? null : limits.GetValueOrDefault(table.Name, SourceTable.Unlimited) }),
        ];
    }

    private List<SourceColumn> ColumnsOf(string table, string kind)
    {
        var isKey = kind == SourceTable.Node ? "`primary key`" : "false";
        return Rows($"CALL table_info({Literal(table)}) RETURN name, type, `default expression`, {isKey}", row =>
        {
            var given = row.IsNull(2) ? "" : row.GetString(2);
            return new SourceColumn(row.GetString(0), row.GetString(1), given is "" or "NULL" ? null : given, row.GetBoolean(3));
        });
    }

    private List<SourceConnection> ConnectionsOf(string table) => Rows(
        $"CALL show_connection({Literal(table)}) RETURN `source table name`, `destination table name`",
        row => new SourceConnection(row.GetString(0), row.GetString(1)));

    // The catalog's functions don't say it, but the statements do that the engine writes to make the tables again. It fails at that where a
    // key's name needs quotes, even where only the tables are asked for.
    private Dictionary<string, string>? Multiplicity()
    {
        var folder = Directory.CreateTempSubdirectory("crdt-adoption-");
        try
        {
            connection.Execute($"EXPORT DATABASE {Literal(Path.Combine(folder.FullName, "schema"))} (schema_only=true)");
            return MultiplicityIn(File.ReadAllText(Path.Combine(folder.FullName, "schema", "schema.cypher")));
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.InvalidStatement or KuzuErrorReason.Unknown)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> MultiplicityIn(string statements)
    {
        const string start = "CREATE REL TABLE `";
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var statement in statements.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal)))
        {
            var end = statement.IndexOf("` (FROM ", start.Length, StringComparison.Ordinal);
            var limit = Array.Find(Multiplicities, known => statement.TrimEnd().EndsWith($"{known});", StringComparison.Ordinal));
            if (end > 0 && limit is not null) found[statement[start.Length..end]] = limit;
        }

        return found;
    }

    private List<T> Rows<T>(string cypher, Func<KuzuResult, T> read)
    {
        var rows = new List<T>();
        using var result = connection.Query(cypher);
        while (result.Read()) rows.Add(read(result));
        return rows;
    }
}
