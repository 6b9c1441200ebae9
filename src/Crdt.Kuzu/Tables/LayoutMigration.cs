namespace Crdt.Kuzu.Tables;

/// <summary>What leads the tables of a database to those of a changed schema.</summary>
/// <param name="Statements">What gives it the tables and columns that it lacks. They can be run again.</param>
/// <param name="Added">Tables that it lacked.</param>
/// <param name="Changed">Tables whose rows are to be written again.</param>
internal sealed record LayoutMigration(IReadOnlyList<string> Statements, IReadOnlyList<TableShape> Added, IReadOnlyList<TableShape> Changed)
{
    /// <summary>Compares what a database has with what it should have; null where the rows of a table can't stay, or a table is one too many.</summary>
    public static LayoutMigration? Find(IReadOnlyList<TableLayout> before, IReadOnlyCollection<TableShape> tables)
    {
        var held = before.ToDictionary(layout => layout.Name);
        var (statements, added, changed) = (new List<string>(), new List<TableShape>(), new List<TableShape>());
        foreach (var table in tables)
        {
            var next = table.Layout;
            if (!held.Remove(next.Name, out var layout))
            {
                statements.Add(table.DdlIfMissing);
                added.Add(table);
            }
            else if (!layout.ShowsSame(next))
            {
                if (layout.MissingFor(next) is not { } missing) return null;
                statements.AddRange(missing.Select(column => $"ALTER TABLE {next.Name} ADD IF NOT EXISTS {column.Name} {column.Type}"));
                changed.Add(table);
            }
        }

        return held.Count > 0 ? null : new(statements, added, changed);
    }
}
