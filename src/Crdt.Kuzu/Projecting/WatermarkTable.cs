using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crdt.Clocks;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>The one-row table in which the database itself keeps how far it shows the truth, and with which tables.</summary>
internal static class WatermarkTable
{
    /// <summary>The watermark of a database in which a rebuild has begun and not ended.</summary>
    public const long Incomplete = -1;

    private const string Table = $"`{TableNames.Watermark}`";

    /// <summary>
    /// The row of the watermark, the one that is there while a migration is under way, and the one that says whose truth it is; those of
    /// tables are numbered from 1.
    /// </summary>
    private const long WatermarkRow = 0, MigrationRow = -1, OriginRow = -2;

    /// <summary>Creates the table with the watermark of an empty database.</summary>
    public static void Create(KuzuConnection connection, IReadOnlyCollection<TableShape> tables)
    {
        connection.Execute($"CREATE NODE TABLE {Table}(id INT64, watermark INT64, tables STRING, PRIMARY KEY(id))");
        using var transaction = connection.BeginTransaction();
        Insert(connection, WatermarkRow, Fingerprint(tables));
        WriteLayouts(connection, tables);
        transaction.Commit();
    }

    /// <summary>The watermark; null where the database is new, has other tables, or was never this library's.</summary>
    public static long? Read(KuzuConnection connection, IEnumerable<TableShape> tables) =>
        ReadRow(connection, WatermarkRow) is var (watermark, fingerprint) && fingerprint == Fingerprint(tables) ? watermark : null;

    /// <summary>Sets the watermark, in the caller's transaction.</summary>
    public static void Write(KuzuConnection connection, long watermark)
    {
        using var statement = connection.Prepare($"MATCH (w:{Table}) WHERE w.id = {WatermarkRow} SET w.watermark = $watermark");
        statement.Bind("watermark", watermark).Execute();
    }

    /// <summary>Writes the table again where somebody has written to it: a statement over all nodes goes over its rows too.</summary>
    public static void Restore(KuzuConnection connection, IReadOnlyCollection<TableShape> tables, long watermark, ReplicaId? origin)
    {
        if (!IsThere(connection)) return; // Nobody drops it by accident.
        using var transaction = connection.BeginTransaction();
        connection.Execute($"MATCH (w:{Table}) DELETE w");
        Insert(connection, WatermarkRow, Fingerprint(tables));
        WriteLayouts(connection, tables);
        Write(connection, watermark);
        if (origin is { } replica) Insert(connection, OriginRow, replica.ToString());
        transaction.Commit();
    }

    /// <summary>The id of the replica whose truth is shown; null where nobody has written it down.</summary>
    public static ReplicaId? ReadOrigin(KuzuConnection connection) =>
        ReadRow(connection, OriginRow) is var (_, text) && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? new ReplicaId(id) : null;

    /// <summary>Writes down whose truth is shown.</summary>
    public static void WriteOrigin(KuzuConnection connection, ReplicaId origin)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute($"MATCH (w:{Table}) WHERE w.id = {OriginRow} DELETE w");
        Insert(connection, OriginRow, origin.ToString());
        transaction.Commit();
    }

    /// <summary>What the tables were made for; null where the database doesn't say.</summary>
    public static IReadOnlyList<TableLayout>? ReadLayouts(KuzuConnection connection)
    {
        if (!IsThere(connection)) return null;
        var layouts = new List<TableLayout>();
        using var rows = connection.Query($"MATCH (w:{Table}) WHERE w.id > {WatermarkRow} RETURN w.tables");
        while (rows.Read())
        {
            if (TableLayout.Parse(rows.GetString(0)) is not { } layout) return null;
            layouts.Add(layout);
        }

        return layouts.Count == 0 ? null : layouts;
    }

    /// <summary>Takes the tables for what they have become, and notes which of them are to be filled.</summary>
    public static void Migrate(KuzuConnection connection, IReadOnlyCollection<TableShape> tables, LayoutMigration migration)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute($"MATCH (w:{Table}) WHERE w.id <> {WatermarkRow} AND w.id <> {OriginRow} DELETE w");
        WriteLayouts(connection, tables);
        using (var statement = connection.Prepare($"MATCH (w:{Table}) WHERE w.id = {WatermarkRow} SET w.tables = $tables")) statement.Bind("tables", Fingerprint(tables)).Execute();
        Insert(connection, MigrationRow, string.Join('\n', migration.Added.Select(table => "+" + table.Table).Concat(migration.Changed.Select(table => "~" + table.Table))));
        transaction.Commit();
    }

    /// <summary>Which tables a migration that is under way has added, marked +, or changed, marked ~; null where there is none.</summary>
    public static IReadOnlySet<string>? ReadMigration(KuzuConnection connection) =>
        ReadRow(connection, MigrationRow) is var (_, tables) ? tables.Split('\n').ToHashSet() : null;

    public static void EndMigration(KuzuConnection connection) => connection.Execute($"MATCH (w:{Table}) WHERE w.id = {MigrationRow} DELETE w");

    /// <summary>Whether there is one.</summary>
    public static bool IsThere(KuzuConnection connection)
    {
        using var names = connection.Query($"CALL show_tables() WHERE name = '{TableNames.Watermark}' RETURN name");
        return names.Read();
    }

    private static (long Watermark, string Tables)? ReadRow(KuzuConnection connection, long id)
    {
        if (!IsThere(connection)) return null;
        using var row = connection.Query($"MATCH (w:{Table}) WHERE w.id = {id} RETURN w.watermark, w.tables");
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    private static void WriteLayouts(KuzuConnection connection, IEnumerable<TableShape> tables)
    {
        var id = WatermarkRow;
        foreach (var table in tables) Insert(connection, ++id, table.Layout.Format());
    }

    private static void Insert(KuzuConnection connection, long id, string tables)
    {
        using var statement = connection.Prepare($"CREATE (:{Table} {{id: $id, watermark: 0, tables: $tables}})");
        statement.Bind("id", id).Bind("tables", tables).Execute();
    }

    /// <summary>What tables are known by: others have another one.</summary>
    public static string Fingerprint(IEnumerable<TableShape> tables) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(table => table.Layout.Format())))));
}
