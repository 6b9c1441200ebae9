using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>Turns rows that <see cref="TableReading"/> asked for back into what they show.</summary>
/// <param name="table">The table that they are of.</param>
internal sealed class RowReader(TableShape table)
{
    private readonly int _keys = table.IdentityFields.Count;
    private readonly int _values = table.ColumnNames.Count;

    /// <summary>The row that the result stands at.</summary>
    public ShownRow Read(KuzuResult result)
    {
        var values = new string[_values];
        for (var i = 0; i < values.Length; i++) values[i] = ShownText.Of(result, _keys + i);
        return IdOf(result, table.Type) is { } id ? new(id, values) : new(default, values, KeyText(result));
    }

    private string KeyText(KuzuResult result) => string.Join(", ", Enumerable.Range(0, _keys).Select(column => ShownText.Of(result, column)));

    private static EntityId? IdOf(KuzuResult result, EntityType type)
    {
        try
        {
            if (!type.IsRelationship) return EntityId.Node(type, Key(result, 0, type.Key));
            var (source, target) = (EntityId.Node(type.Source, Key(result, 0, type.Source.Key!)), EntityId.Node(type.Target, Key(result, 1, type.Target.Key!)));
            return EntityId.Relationship(type, source, target, type.Key is { } key ? Key(result, 2, key) : default);
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or FormatException)
        {
            return null;
        }
    }

    private static EntityKey Key(KuzuResult result, int column, KeySchema key) => result.GetValue(column) switch
    {
        // Only the one text that is written names the key.
        string text when key.Value == ValueKind.Guid => Guid.Parse(text) is var guid && guid.ToString() == text ? guid : throw new FormatException(),
        string text => text,
        sbyte number => number,
        short number => number,
        int number => number,
        long number => number,
        byte number => number,
        ushort number => number,
        uint number => number,
        ulong number => number,
        _ => throw new InvalidCastException(),
    };
}
