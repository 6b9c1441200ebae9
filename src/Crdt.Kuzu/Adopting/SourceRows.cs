using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Projecting;

namespace Crdt.Kuzu.Adopting;

/// <summary>Turns the rows of a table of the adopted database into rows that a transaction takes; what none can be made of is counted.</summary>
internal sealed class SourceRows
{
    private readonly AdoptedType _type;
    private readonly LeftOut _leftOut;
    private readonly SourcePages _pages;
    private readonly SourceCell _key, _source, _target;
    private readonly List<SourceCell> _cells;
    private readonly int _contentFrom;

    public SourceRows(KuzuConnection connection, AdoptedType type, LeftOut leftOut)
    {
        (_type, _leftOut) = (type, leftOut);
        var reading = type.From is { } from && type.To is { } to
            ? SourceReading.OfRelationships(type.Table.Name, new(from.Table.Name, to.Table.Name))
            : SourceReading.OfNodes(type.Table.Name);
        if (type.Key is not null) _key = reading.Add("e", type.Key);
        if (type.From is not null) _source = reading.Add("a", type.From.Key!);
        if (type.To is not null) _target = reading.Add("b", type.To.Key!);
        _contentFrom = reading.Width;
        _cells = [.. type.Columns.Select(column => reading.Add("e", column.Source, column.IsUnion))];
        _pages = new(connection, reading);
    }

    public long Count => _pages.Count;

    /// <summary>All rows, in the order of the engine; null in place of one that is left out.</summary>
    public IEnumerable<AdoptedRow?> Read() => _type.IsNumbered ? _pages.Read().SelectMany(Numbered) : _pages.Read().SelectMany(Rows);

    private IEnumerable<AdoptedRow?> Rows(KuzuResult page)
    {
        while (page.Read()) yield return Row(page);
    }

    // Relationships with the same ends come in one page, since pages go by where they start.
    private IEnumerable<AdoptedRow?> Numbered(KuzuResult page)
    {
        var rows = new List<(AdoptedRow? Row, string Content)>();
        while (page.Read()) rows.Add((Row(page), Content(page)));
        foreach (var group in rows.GroupBy(row => (row.Row?.Source, row.Row?.Target)))
        {
            var number = 0L;
            foreach (var (row, _) in group.OrderBy(row => row.Content, StringComparer.Ordinal))
            {
                if (row is not null) row.Key = ++number;
                yield return row;
            }
        }
    }

    private string Content(KuzuResult page) =>
        string.Join('\n', Enumerable.Range(_contentFrom, page.ColumnNames.Count - _contentFrom).Select(column => ShownText.Of(page, column)));

    private AdoptedRow? Row(KuzuResult page)
    {
        var name = NameOf(page);
        try
        {
            var row = Identified(page, name);
            Fill(row, page);
            return row;
        }
        catch (UnfitValueException error)
        {
            _leftOut.Row(_type.Table.Name, error.Message, name);
            return null;
        }
    }

    private AdoptedRow Identified(KuzuResult page, string name)
    {
        try
        {
            var row = _type.From is null || _type.To is null
                ? new AdoptedRow { Type = _type, Name = name, Values = [], Key = Key(page, _key, _type) }
                : Connecting(page, name, _type.From, _type.To);
            _ = row.Id;
            return row;
        }
        catch (ArgumentException)
        {
            throw new UnfitValueException($"what tells an entity from others, a key or those of both ends, takes {WireLimits.Identity} bytes at most");
        }
    }

    private AdoptedRow Connecting(KuzuResult page, string name, AdoptedType from, AdoptedType to)
    {
        var (source, target) = (EntityId.Node(from.Type, Key(page, _source, from)), EntityId.Node(to.Type, Key(page, _target, to)));
        // No number takes more bytes than this one, which stands in for it until all with the same ends are known.
        return new() { Type = _type, Name = name, Values = [], Source = source, Target = target, Key = _type.IsNumbered ? long.MaxValue : default(EntityKey) };
    }

    private static EntityKey Key(KuzuResult page, SourceCell cell, AdoptedType type)
    {
        var column = type.Key!.Name;
        object value;
        try
        {
            value = cell.Read(page) ?? throw new UnfitValueException("it is NULL");
        }
        catch (UnfitValueException error)
        {
            throw new UnfitValueException($"a key in '{type.Table.Name}.{column}' doesn't fit: {error.Message}");
        }

        return type.KeyForm!.Convert(value)
            ?? throw new UnfitValueException($"a key in '{type.Table.Name}.{column}' is the lowest integer of its type, which the graph database can't show");
    }

    private void Fill(AdoptedRow row, KuzuResult page)
    {
        for (var i = 0; i < _cells.Count; i++)
        {
            var column = _type.Columns[i];
            try
            {
                if (column.Form.Of(_cells[i].Read(page)) is not { } value) continue;
                row.Values.Add((column.Name, value));
                if (IsLowest(value)) _leftOut.Hidden(_type.Table.Name, column.Source.Name, "the engine's compression may turn the lowest integer of a type into 0; the replica keeps it", row.Name);
            }
            catch (UnfitValueException error)
            {
                _leftOut.Value(_type.Table.Name, column.Source.Name, error.Message, row.Name);
            }
        }

        while (row.Size > WireLimits.Record - 1024) DropLargest(row);
    }

    private void DropLargest(AdoptedRow row)
    {
        var largest = row.Values.MaxBy(value => ValueSize.Of(value.Value));
        row.Values.Remove(largest);
        var column = _type.Columns.First(column => column.Name == largest.Field).Source.Name;
        _leftOut.Value(_type.Table.Name, column, $"an entity takes {WireLimits.Record} bytes at most", row.Name);
    }

    private static bool IsLowest(object? value) => value switch
    {
        long number => number == long.MinValue,
        int number => number == int.MinValue,
        short number => number == short.MinValue,
        sbyte number => number == sbyte.MinValue,
        IReadOnlyDictionary<string, object?> members => members.Values.Any(IsLowest),
        _ => false,
    };

    private string NameOf(KuzuResult page) => _type.From is null
        ? ShownText.Of(page, _key.Value)
        : $"{ShownText.Of(page, _source.Value)} -> {ShownText.Of(page, _target.Value)}";
}
