using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>What a type and its columns may be called in the database.</summary>
internal static class TableNames
{
    /// <summary>The table in which the database keeps its watermark.</summary>
    public const string Watermark = "_crdt";

    /// <summary>Names that the engine keeps for itself.</summary>
    public static IReadOnlyList<string> ReservedColumns { get; } = ["_id", "_label", "_src", "_dst", "_nodes", "_rels", "_length"];

    /// <summary>Refuses names before anything is touched, so that the message can say whose they are.</summary>
    /// <exception cref="ProjectionException">A name is none for the engine, is reserved, or occurs twice.</exception>
    public static void Check(EntityType type)
    {
        Require(type, "table", type.Table, [Watermark]);
        var columns = type.Fields.Select(field => field.Column);
        if (type.Key is { } key) columns = columns.Prepend(key.Column);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            Require(type, "column", column, ReservedColumns);
            if (!taken.Add(column)) throw Refused(type, $"two of its columns are called '{column}', case aside.");
        }
    }

    private static void Require(EntityType type, string what, string name, IReadOnlyList<string> reserved)
    {
        if (reserved.Contains(name, StringComparer.OrdinalIgnoreCase)) throw Refused(type, $"'{name}' is reserved and can't be the name of its {what}.");
        try
        {
            CypherName.Quote(name);
        }
        catch (ArgumentException error)
        {
            throw Refused(type, $"its {what} has a name that the engine doesn't take. {error.Message}", error);
        }
    }

    private static ProjectionException Refused(EntityType type, string reason, Exception? inner = null) =>
        new($"The type '{type.Name}' can't be shown in Kuzu: {reason}", inner);
}
