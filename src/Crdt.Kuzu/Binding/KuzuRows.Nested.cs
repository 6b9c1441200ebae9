using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

public sealed unsafe partial class KuzuRows
{
    /// <summary>Whether the next value is one of a struct's, or lies in one.</summary>
    internal bool IsInStruct => _open.Any(open => open.Layout.Type.Kind == KuzuColumnKind.Struct);

    /// <summary>Begins the list that is the next column's value; its elements follow, then <see cref="EndList"/>.</summary>
    /// <exception cref="InvalidOperationException">The next column is no list, or no row was begun.</exception>
    public KuzuRows BeginList() => Begin(KuzuColumnKind.List);

    /// <summary>Ends the list that was begun last.</summary>
    /// <exception cref="InvalidOperationException">What was begun last is no list, or nothing is open.</exception>
    public KuzuRows EndList()
    {
        var (layout, start) = Innermost(KuzuColumnKind.List);
        return Replace(start, layout.CreateList(_pending.At(start), _pending.Count - start));
    }

    /// <summary>Begins the struct that is the next column's value; a value for each of its fields follows, then <see cref="EndStruct"/>.</summary>
    /// <exception cref="InvalidOperationException">The next column is no struct, or no row was begun.</exception>
    public KuzuRows BeginStruct() => Begin(KuzuColumnKind.Struct);

    /// <summary>Ends the struct that was begun last.</summary>
    /// <exception cref="InvalidOperationException">It lacks values, what was begun last is no struct, or nothing is open.</exception>
    public KuzuRows EndStruct()
    {
        var (layout, start) = Innermost(KuzuColumnKind.Struct);
        if (_pending.Count - start < layout.Parts.Length)
            throw new InvalidOperationException($"The struct has {_pending.Count - start} of {layout.Parts.Length} values.");
        return Replace(start, layout.CreateStruct(_pending.At(start)));
    }

    private KuzuRows Begin(KuzuColumnKind kind)
    {
        Demand(kind);
        _open.Push((Next(), _pending.Count));
        return this;
    }

    private (ColumnLayout Layout, int Start) Innermost(KuzuColumnKind kind) =>
        _open.TryPeek(out var open) && open.Layout.Type.Kind == kind ? open : throw new InvalidOperationException($"No {kind} was begun last.");

    private KuzuRows Replace(int start, BoxedOwned* value)
    {
        _open.Pop();
        _pending.Truncate(start);
        return Push(value);
    }

    /// <summary>What the next value fills: a part of what is open, or the next column.</summary>
    private ColumnLayout Next()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_inRow)
            throw new InvalidOperationException("No row was begun, or its values are all there.");
        if (!_open.TryPeek(out var open))
            return _columns[_pending.Count];
        var (layout, index) = (open.Layout, _pending.Count - open.Start);
        if (layout.Type.Kind != KuzuColumnKind.Struct)
            return layout.Parts[0];
        return index < layout.Parts.Length ? layout.Parts[index] : throw new InvalidOperationException("The struct's values are all there.");
    }
}
