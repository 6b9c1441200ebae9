using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>One query under way, on a connection of its own and in a transaction that can only read.</summary>
internal sealed class QueryRun : IDisposable
{
    private readonly KuzuConnection _connection;
    private readonly KuzuTransaction _transaction;
    private readonly IReadOnlyList<CypherStatement> _statements;
    private readonly IReadOnlyDictionary<string, object?> _parameters;
    private readonly TimeSpan? _timeout;
    private readonly CancellationToken _cancellationToken;
    private StatementRun? _current;
    private int _next;

    public QueryRun(
        KuzuDatabase database, IReadOnlyList<CypherStatement> statements, IReadOnlyDictionary<string, object?>? parameters, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        (_statements, _parameters, _timeout, _cancellationToken) = (statements, parameters ?? new Dictionary<string, object?>(), timeout, cancellationToken);
        _connection = database.Connect();
        try
        {
            _transaction = _connection.BeginTransaction(readOnly: true);
        }
        catch (KuzuException error)
        {
            _connection.Dispose();
            throw new ProjectionException($"The query failed: {error.Message}", error);
        }
    }

    /// <summary>Runs the next statement to its first row; null after the last one. What the one before returned can't be read any more.</summary>
    /// <exception cref="ProjectionException">It is malformed, fails, takes too long, or would write.</exception>
    public GraphResult? Next()
    {
        _current?.Dispose();
        _current = null;
        if (_next == _statements.Count) return null;
        _cancellationToken.ThrowIfCancellationRequested();
        var statement = _statements[_next++];
        try
        {
            _current = Run(statement);
        }
        catch (KuzuException error)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw Failure(error);
        }

        return new(_current.Columns, _current.Rows(_cancellationToken), _next == _statements.Count);
    }

    public void Dispose()
    {
        _current?.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private StatementRun Run(CypherStatement text)
    {
        var statement = _connection.Prepare(text.Text);
        try
        {
            foreach (var name in text.Parameters) QueryParameter.Bind(statement, name, _parameters[name]);
            return new(statement, Query(statement));
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    // The limit is for this statement alone, not for what ends the transaction.
    private KuzuResult Query(KuzuStatement statement)
    {
        using var interruption = new Interruption(_connection, _cancellationToken);
        if (_timeout is not { } timeout) return statement.Query();
        var shortest = TimeSpan.FromMilliseconds(1);
        _connection.SetQueryTimeout(timeout < shortest ? shortest : timeout);
        try
        {
            return statement.Query();
        }
        finally
        {
            _connection.SetQueryTimeout(Timeout.InfiniteTimeSpan);
        }
    }

    private ProjectionException Failure(KuzuException error)
    {
        var ordinal = _statements.Count > 1 ? $"Statement {_next} of the query" : "The query";
        if (_timeout is not { } timeout || error.Reason != KuzuErrorReason.Interrupted) return new($"{ordinal} failed: {error.Message}", error);
        var message = $"{ordinal} was stopped, since it ran longer than {timeout.TotalSeconds:0.###} s. Let it look at less (match by a key, fewer steps in a path, no "
            + "patterns side by side that aren't connected), or give it more time with QueryOptions.Timeout.";
        return new(message, error) { IsTimeout = true };
    }
}
