using Crdt.Kuzu.Binding;

namespace Crdt.Browser.Projecting;

/// <summary>
/// The form in which rows come to kuzu-wasm: all of them in one text, which the statement takes apart. Rows as objects would take three to five times as long, and the engine takes the types of all from the first, without an error
/// where another row has others.
/// </summary>
/// <remarks>
/// Each cell is text, or one of two marks: <see cref="Null"/> and <see cref="Empty"/>, since what is taken apart loses empty text at its ends. U+0000 begins every mark and separator, and is in no text that the engine can hold.
/// The engine's side of them is in <c>web/src/graph/engine.ts</c>.
/// </remarks>
internal static class SplitForm
{
    public const string Null = "\0n", Empty = "\0e", CellEnd = "\0f", RowEnd = "\0r";

    /// <summary>Gives a statement its variables: for each field one of its name and type. What <see cref="KuzuColumnType.NeedsCast"/> stays text, as the rest of the statement casts it.</summary>
    public static string Unwind(IReadOnlyList<KuzuColumn> fields)
    {
        var next = 1; // The engine counts from 1.
        var variables = fields.Select(field => $"{Expression(field.Type, ref next)} AS {field.Name}").ToList();
        return $"UNWIND string_split($s, $rs) AS r WITH string_split(r, $fs) AS x WITH {string.Join(", ", variables)} ";
    }

    /// <summary>The types of a row's cells: those of its fields, with those of a struct's fields in place of it.</summary>
    public static IEnumerable<KuzuColumnType> CellsOf(KuzuColumnType type) => type.Kind == KuzuColumnKind.Struct ? type.Fields.SelectMany(field => CellsOf(field.Type)) : [type];

    private static string Expression(KuzuColumnType type, ref int next)
    {
        switch (type.Kind)
        {
            case KuzuColumnKind.Struct:
                var members = new List<string>();
                foreach (var field in type.Fields) members.Add($"{CypherName.Field(field.Name)}: {Expression(field.Type, ref next)}");
                return $"{{{string.Join(", ", members)}}}";
            case KuzuColumnKind.Interval:
                // Text of a negative one is refused.
                return $"to_days(CAST({Cell(next++)} AS INT64)) + to_microseconds(CAST({Cell(next++)} AS INT64))";
            default:
                return type.Kind == KuzuColumnKind.String || type.NeedsCast ? Cell(next++) : $"CAST({Cell(next++)} AS {type.Cypher})";
        }
    }

    // The cast stands outside: one within a branch is made for every row.
    private static string Cell(int index) => $"CASE x[{index}] WHEN $n THEN NULL WHEN $e THEN '' ELSE x[{index}] END";
}
