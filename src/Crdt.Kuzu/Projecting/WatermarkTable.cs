using System.Security.Cryptography;
using System.Text;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>The one-row table in which the database itself keeps how far it shows the truth, and with which tables.</summary>
internal static class WatermarkTable
{
    /// <summary>The watermark of a database in which a rebuild has begun and not ended.</summary>
    public const long Incomplete = -1;

    private const string Table = $"`{TableNames.Watermark}`";

    /// <summary>Creates the table with the watermark of an empty database.</summary>
    public static void Create(KuzuConnection connection, IEnumerable<TableShape> tables)
    {
        connection.Execute($"CREATE NODE TABLE {Table}(id INT64, watermark INT64, tables STRING, PRIMARY KEY(id))");
        using var statement = connection.Prepare($"CREATE (:{Table} {{id: 0, watermark: 0, tables: $tables}})");
        statement.Bind("tables", Fingerprint(tables)).Execute();
    }

    /// <summary>The watermark; null where the database is new, has other tables, or was never this library's.</summary>
    public static long? Read(KuzuConnection connection, IEnumerable<TableShape> tables)
    {
        using (var names = connection.Query($"CALL show_tables() WHERE name = '{TableNames.Watermark}' RETURN name"))
        {
            if (!names.Read()) return null;
        }

        using var row = connection.Query($"MATCH (w:{Table}) RETURN w.watermark, w.tables");
        return row.Read() && row.GetString(1) == Fingerprint(tables) ? row.GetInt64(0) : null;
    }

    /// <summary>Sets the watermark, in the caller's transaction.</summary>
    public static void Write(KuzuConnection connection, long watermark)
    {
        using var statement = connection.Prepare($"MATCH (w:{Table}) WHERE w.id = 0 SET w.watermark = $watermark");
        statement.Bind("watermark", watermark).Execute();
    }

    private static string Fingerprint(IEnumerable<TableShape> tables) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(";\n", tables.Select(table => table.Ddl + table.Reading)))));
}
