using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// The rows of a statement, read forward one at a time: <see cref="Read"/>, then the getters. Dispose it, for it keeps its connection and
/// the memory of its rows. Values are copied out, so they outlive it.
/// </summary>
public sealed unsafe partial class KuzuResult : IDisposable
{
    private readonly KuzuConnection _connection;
    private readonly ResultHandle _handle;
    private readonly string _statement;
    private nint _current;
    private nint _row;
    private string[]? _names;

    internal KuzuResult(KuzuConnection connection, ResultHandle handle, string statement)
    {
        _connection = connection;
        _handle = handle;
        _statement = statement;
        _current = handle.DangerousGetHandle();
    }

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> ColumnNames => _names ??= ReadNames();

    /// <summary>How many rows there are in all.</summary>
    public long RowCount
    {
        get
        {
            using var lease = _handle.Use();
            var result = Current();
            return (long)KuzuApi.ResultGetRowCount(&result);
        }
    }

    /// <summary>Moves to the next row, the first one at first.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="KuzuException">The engine could not read on.</exception>
    public bool Read()
    {
        using var lease = _handle.Use();
        var result = Current();
        _row = 0;
        if (!KuzuApi.ResultHasNext(&result))
            return false;
        BoxedOwned row = default;
        if (KuzuApi.ResultGetNext(&result, &row) != State.Success)
            throw new KuzuException("The engine could not read the next row.", _statement, KuzuErrorReason.Unknown);
        _row = row.Pointer;
        return true;
    }

    /// <summary>Moves to the rows of the next statement, where several were run at once.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="KuzuException">That statement failed. Those before it stand, unless a transaction is open: that one is rolled
    /// back.</exception>
    public bool NextResult()
    {
        using var lease = _handle.Use();
        var first = new BoxedOwned { Pointer = _handle.DangerousGetHandle() };
        if (!KuzuApi.ResultHasNextResult(&first))
            return false;
        BoxedOwned next = default;
        if (KuzuApi.ResultGetNextResult(&first, &next) != State.Success)
            return false;
        if (!KuzuApi.ResultIsSuccess(&next))
        {
            var message = NativeText.Take(KuzuApi.ResultGetErrorMessage(&next));
            _connection.FailTransaction();
            throw EngineError.From(message, _statement);
        }

        (_current, _row, _names) = (next.Pointer, 0, null);
        return true;
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose() => _handle.Dispose();

    private BoxedOwned Current() => new() { Pointer = _current };

    private string[] ReadNames()
    {
        using var lease = _handle.Use();
        var result = Current();
        var names = new string[KuzuApi.ResultGetColumnCount(&result)];
        for (var i = 0; i < names.Length; i++)
        {
            byte* name = null;
            if (KuzuApi.ResultGetColumnName(&result, (ulong)i, &name) == State.Success)
                names[i] = NativeText.Take(name)!;
        }

        return names;
    }

    /// <summary>The value of a column of the row, which belongs to the engine and is good until the next one is read.</summary>
    private BoxedOwned Value(int column)
    {
        if (_row == 0)
            throw new InvalidOperationException("There is no row: call Read first, and go on only where it returns true.");
        var row = new BoxedOwned { Pointer = _row, IsOwnedByEngine = 1 };
        BoxedOwned value = default;
        if (column < 0 || KuzuApi.RowGetValue(&row, (ulong)column, &value) != State.Success)
            throw new ArgumentOutOfRangeException(nameof(column), column, $"The row has {ColumnNames.Count} columns.");
        return value;
    }
}
