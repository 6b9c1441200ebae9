namespace Crdt.Kuzu.Tables;

/// <summary>A column that shows a field.</summary>
/// <param name="Name">Its name, quoted.</param>
/// <param name="Type">Its type in the database.</param>
/// <param name="Reading">What it shows of the field beyond that: where it changes, rows that were written before show something else.</param>
internal sealed record ColumnLayout(string Name, string Type, string Reading);
