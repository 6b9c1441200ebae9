using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// Builds the list that a statement unwinds: structs with a typed field for each column, <c>UNWIND $rows AS r CREATE (:T {x: r.x})</c>. It
/// is reused from chunk to chunk by <see cref="Clear"/>. Not for several threads at a time.
/// </summary>
/// <remarks>
/// A row is begun by <see cref="Append"/> and takes one value for each column, in order: <c>rows.Append().Int64(1).String("a").Null()</c>.
/// Its last value completes it. Each row costs the engine about half a kilobyte and as much again for each column, several times
/// over while a statement runs, so prefer chunks of thousands to hundreds of thousands.
/// <para>
/// Take the fields out of the struct before a MATCH, <c>UNWIND $rows AS r WITH r.id AS id, r.x AS x MATCH (u:U) WHERE u.id = id SET u.x =
/// x</c>: the
/// engine compares a plain variable with the key by a join, and a field of a struct with each row of the table. With two nodes, carry the
/// variables over a second WITH: <c>... MATCH (a:U) WHERE a.id = f WITH a, t MATCH (b:U) WHERE b.id = t CREATE (a)-[:F]-&gt;(b)</c>.
/// </para>
/// </remarks>
public sealed unsafe partial class KuzuRows : IDisposable
{
    private readonly ColumnLayout[] _columns;
    private readonly bool _isStruct;
    private readonly ValueBuffer _rows = new();
    private readonly ValueBuffer _pending = new();
    private readonly Stack<(ColumnLayout Layout, int Start)> _open = new();
    private bool _inRow;
    private bool _isDisposed;

    /// <summary>Makes a builder of rows.</summary>
    /// <param name="columns">The fields, at least one, in the order in which rows give them; their names differ, case aside.</param>
    /// <exception cref="ArgumentException">There is none, or a name is taken or none at all.</exception>
    public KuzuRows(params ReadOnlySpan<KuzuColumn> columns)
        : this(columns, isStruct: true)
    {
    }

    private KuzuRows(ReadOnlySpan<KuzuColumn> columns, bool isStruct)
    {
        Validate(columns);
        _isStruct = isStruct;
        _columns = new ColumnLayout[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            _columns[i] = new ColumnLayout(columns[i].Name, columns[i].Type);
    }

    /// <summary>How many rows are complete.</summary>
    public int Count => _rows.Count;

    /// <summary>A builder of a plain list of values, <c>$keys</c> in <c>UNWIND $keys AS k</c> or <c>WHERE u.id IN $keys</c>.</summary>
    /// <param name="type">The type of each.</param>
    public static KuzuRows OfValues(KuzuColumnType type) => new([new KuzuColumn("value", type)], isStruct: false);

    /// <summary>Begins a row.</summary>
    /// <exception cref="InvalidOperationException">The row before it lacks values; <see cref="DiscardRow"/> drops it.</exception>
    public KuzuRows Append()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_inRow)
            throw new InvalidOperationException($"The row has {_pending.Count} of {_columns.Length} values, or something in it was not ended.");
        _inRow = true;
        return this;
    }

    /// <summary>Drops the row that was begun and is not complete, if any.</summary>
    public KuzuRows DiscardRow()
    {
        _open.Clear();
        _pending.Truncate(0);
        _inRow = false;
        return this;
    }

    /// <summary>Drops all rows, and keeps the columns.</summary>
    public void Clear()
    {
        DiscardRow();
        _rows.Truncate(0);
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _rows.Dispose();
        _pending.Dispose();
        foreach (var column in _columns)
            column.Dispose();
    }

    /// <summary>A list value of some of the rows, which copies them and which the caller destroys.</summary>
    internal BoxedOwned* CreateList(int start, int count)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_inRow)
            throw new InvalidOperationException("The last row is not complete.");
        if ((uint)start > (uint)Count || (uint)count > (uint)(Count - start))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are {Count} rows.");
        if (count == 0)
            return CreateEmptyList();
        BoxedOwned* list = null;
        if (KuzuApi.ValueCreateList((ulong)count, _rows.At(start), &list) != State.Success)
            throw new InvalidOperationException("The rows differ in type.");
        return list;
    }

    private static void Validate(ReadOnlySpan<KuzuColumn> columns)
    {
        if (columns.IsEmpty)
            throw new ArgumentException("Rows need a column.", nameof(columns));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            ArgumentNullException.ThrowIfNull(column.Type, nameof(columns));
            if (column.Name is null || !CypherName.IsValid(column.Name) || !names.Add(column.Name))
                throw new ArgumentException($"'{column.Name}' is no name for a column, or is taken.", nameof(columns));
        }
    }

    private BoxedOwned* CreateEmptyList()
    {
        var nulls = stackalloc BoxedOwned*[_columns.Length];
        for (var i = 0; i < _columns.Length; i++)
            nulls[i] = _columns[i].Null;
        var element = _isStruct ? ColumnLayout.CreateStruct(_columns, nulls) : nulls[0];
        Boxed type = default, list = default;
        KuzuApi.ValueGetType(element, &type);
        KuzuApi.TypeCreate(TypeId.List, &type, 0, &list);
        var empty = KuzuApi.ValueCreateDefault(&list);
        KuzuApi.TypeDestroy(&list);
        KuzuApi.TypeDestroy(&type);
        if (_isStruct)
            KuzuApi.ValueDestroy(element);
        return empty;
    }

    /// <summary>Completes the row where its last value has come.</summary>
    private void CompleteRow()
    {
        if (_open.Count > 0 || _pending.Count < _columns.Length)
            return;
        _rows.Push(_isStruct ? ColumnLayout.CreateStruct(_columns, _pending.At(0)) : KuzuApi.ValueClone(_pending.At(0)[0]));
        _pending.Truncate(0);
        _inRow = false;
    }
}
