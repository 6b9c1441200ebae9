using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>One query under way, on a connection of its own and in a transaction that can only read.</summary>
internal sealed class QueryRun : IDisposable
{
    private readonly KuzuConnection _connection;
    private readonly KuzuStatement _statement;
    private readonly KuzuTransaction _transaction;
    private readonly KuzuResult _result;

    private QueryRun(KuzuConnection connection, KuzuTransaction transaction, KuzuStatement statement, KuzuResult result) =>
        (_connection, _transaction, _statement, _result) = (connection, transaction, statement, result);

    /// <summary>Runs the query to its first row.</summary>
    /// <exception cref="ProjectionException">It is malformed, fails, or would write.</exception>
    public static QueryRun Start(KuzuDatabase database, string query, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken)
    {
        var connection = database.Connect();
        KuzuTransaction? transaction = null;
        KuzuStatement? statement = null;
        try
        {
            transaction = connection.BeginTransaction(readOnly: true);
            statement = connection.Prepare(query);
            foreach (var (name, value) in parameters ?? new Dictionary<string, object?>()) QueryParameter.Bind(statement, name, value);
            using var interrupt = cancellationToken.Register(connection.Interrupt);
            return new(connection, transaction, statement, statement.Query());
        }
        catch (Exception error)
        {
            statement?.Dispose();
            transaction?.Dispose();
            connection.Dispose();
            if (error is not KuzuException failure) throw;
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProjectionException($"The query failed: {failure.Message}", failure);
        }
    }

    /// <summary>The next row, or null at the end.</summary>
    public GraphRow? Read()
    {
        if (!_result.Read()) return null;
        var values = new object?[_result.ColumnNames.Count];
        for (var i = 0; i < values.Length; i++) values[i] = _result.GetValue(i);
        return new(_result.ColumnNames, values);
    }

    public void Dispose()
    {
        _result.Dispose();
        _statement.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
