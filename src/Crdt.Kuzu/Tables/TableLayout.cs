using System.Text;
using System.Text.Json;

namespace Crdt.Kuzu.Tables;

/// <summary>What a table was made for, as the database keeps it, so that a later schema can be held against it.</summary>
/// <param name="Name">The table's name, quoted.</param>
/// <param name="Identity">What its rows are named by: the columns of the key and the tables of the ends.</param>
/// <param name="Columns">The columns that show fields.</param>
internal sealed record TableLayout(string Name, string Identity, IReadOnlyList<ColumnLayout> Columns)
{
    /// <summary>The columns that a table needs to become another one; null where its rows can't stay.</summary>
    public IReadOnlyList<ColumnLayout>? MissingFor(TableLayout next)
    {
        var held = Columns.ToDictionary(column => column.Name);
        if (Identity != next.Identity || !held.Keys.ToHashSet().IsSubsetOf(next.Columns.Select(column => column.Name))) return null;
        if (next.Columns.Any(column => held.TryGetValue(column.Name, out var before) && before.Type != column.Type)) return null;
        return [.. next.Columns.Where(column => !held.ContainsKey(column.Name))];
    }

    /// <summary>Whether rows that were written for one layout show the same in another.</summary>
    public bool ShowsSame(TableLayout other) => Identity == other.Identity && Columns.ToHashSet().SetEquals(other.Columns);

    /// <summary>The layout as text that <see cref="Parse"/> reads.</summary>
    public string Format()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (var part in Columns.SelectMany(column => new[] { column.Name, column.Type, column.Reading }).Prepend(Identity).Prepend(Name)) json.WriteStringValue(part);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Reads a layout; null where the text is none.</summary>
    public static TableLayout? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            string[] parts = [.. json.RootElement.EnumerateArray().Select(part => part.GetString()!)];
            return parts is [var name, var identity, .. var columns] && columns.Length % 3 == 0
                ? new(name, identity, [.. columns.Chunk(3).Select(column => new ColumnLayout(column[0], column[1], column[2]))])
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
