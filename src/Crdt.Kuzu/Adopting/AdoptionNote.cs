namespace Crdt.Kuzu.Adopting;

/// <summary>One thing that an adopted database doesn't keep as it was, or that is worth knowing.</summary>
/// <param name="Table">The table, as the adopted database calls it.</param>
/// <param name="Column">The column, as the adopted database calls it; null where the whole table is meant.</param>
/// <param name="Becomes">What it is in the replica: a name, a type, or <c>left out</c>.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record AdoptionNote(string Table, string? Column, string Becomes, string Reason)
{
    internal const string LeftOut = "left out";

    /// <summary>The note in a line: <c>person.grades becomes List of Int64?: …</c>.</summary>
    public override string ToString() => $"{Table}{(Column is null ? "" : "." + Column)} {(Becomes == LeftOut ? "is left out" : $"becomes {Becomes}")}: {Reason}";
}
