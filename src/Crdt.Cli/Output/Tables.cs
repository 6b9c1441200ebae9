using Spectre.Console;

namespace Crdt.Cli.Output;

/// <summary>Tables as the tool shows them.</summary>
internal static class Tables
{
    /// <summary>A table with a heading for each column.</summary>
    public static Table Of(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings) table.AddColumn(new TableColumn(new Text(heading)));
        return table;
    }

    /// <summary>A row of texts that are shown as they are, whatever marks of the console are in them.</summary>
    public static Table With(this Table table, params object?[] cells) =>
        table.AddRow(cells.Select(cell => new Text(cell is IFormattable number ? number.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : cell?.ToString() ?? "")).ToArray<Spectre.Console.Rendering.IRenderable>());
}
