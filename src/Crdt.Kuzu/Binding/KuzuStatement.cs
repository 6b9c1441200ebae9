using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// A prepared statement, run as often as its parameters change. The engine plans it anew each time with the values at hand, so what is
/// saved is the parsing. A parameter keeps its value, and the memory of it, until it is bound again; one that was never bound is NULL.
/// </summary>
public sealed unsafe partial class KuzuStatement : IDisposable
{
    private readonly KuzuConnection _connection;
    private readonly StatementHandle _handle;
    private readonly string _cypher;

    internal KuzuStatement(KuzuConnection connection, StatementHandle handle, string cypher)
    {
        _connection = connection;
        _handle = handle;
        _cypher = cypher;
    }

    /// <summary>Runs it, and drops its rows.</summary>
    /// <exception cref="KuzuException">It failed. An open transaction is rolled back.</exception>
    /// <exception cref="InvalidOperationException">The open transaction has failed already.</exception>
    public void Execute() => Query().Dispose();

    /// <summary>Runs it, and gives its rows.</summary>
    /// <exception cref="KuzuException">It failed. An open transaction is rolled back.</exception>
    /// <exception cref="InvalidOperationException">The open transaction has failed already.</exception>
    public KuzuResult Query() => _connection.ExecutePrepared(_handle, _cypher);

    /// <summary>Frees the statement and what is bound to it.</summary>
    public void Dispose() => _handle.Dispose();
}
