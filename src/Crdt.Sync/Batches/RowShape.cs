namespace Crdt.Sync.Batches;

/// <summary>Which fields a row has: a node of a tree, whose path from the root is the fields in their order.</summary>
/// <param name="head">The type that it is of.</param>
/// <param name="parent">The shape without the last field; null for the one without any.</param>
/// <param name="columns">The columns of the last field.</param>
/// <param name="number">The last field's number.</param>
/// <param name="kind">The last field's kind.</param>
internal sealed class RowShape(RowHead head, RowShape? parent, FieldColumns? columns, uint number, byte kind)
{
    private Dictionary<(uint Number, byte Kind), RowShape>? _longer;
    private RowShape? _last;

    public RowHead Head => head;

    public RowShape? Parent => parent;

    public FieldColumns? Columns => columns;

    public uint Number => number;

    public byte Kind => kind;

    /// <summary>Its place among the shapes of the batch, from 1; 0 while no row has it.</summary>
    public int Place { get; set; }

    /// <summary>The shape with one field more.</summary>
    public RowShape With(uint field, byte fieldKind)
    {
        if (_last is { } last && last.Number == field && last.Kind == fieldKind) return last;
        _longer ??= [];
        if (!_longer.TryGetValue((field, fieldKind), out var longer)) _longer.Add((field, fieldKind), longer = new(head, this, head.Field(field, fieldKind), field, fieldKind));
        return _last = longer;
    }

    /// <summary>The fields, in their order.</summary>
    public RowShape[] Path()
    {
        var path = new List<RowShape>();
        for (var at = this; at.Parent is not null; at = at.Parent) path.Add(at);
        path.Reverse();
        return [.. path];
    }
}
