using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>One statement that was run. Its rows lie in the pool by then, so reading one isn't long.</summary>
internal sealed class StatementRun(KuzuStatement statement, KuzuResult result) : IDisposable
{
    private bool _wasBegun;
    private bool _isOver;

    public IReadOnlyList<string> Columns => result.ColumnNames;

    /// <summary>Reads the rows, once.</summary>
    public IEnumerable<GraphRow> Rows(CancellationToken cancellationToken)
    {
        if (_wasBegun) throw new InvalidOperationException("The rows of a result are read from the graph database, and only once; keep them where they are needed again.");
        _wasBegun = true;
        while (Read() is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public void Dispose()
    {
        _isOver = true;
        result.Dispose();
        statement.Dispose();
    }

    private GraphRow? Read()
    {
        if (_isOver) throw new InvalidOperationException("The rows of a result can be read until the next result is asked for, and until the query is over.");
        if (!result.Read()) return null;
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Value(i);
        return new(Columns, values);
    }

    private object? Value(int column)
    {
        try
        {
            return result.GetValue(column);
        }
        catch (OverflowException error)
        {
            throw new ProjectionException($"The column '{Columns[column]}' can't be read: {error.Message}", error);
        }
    }
}
