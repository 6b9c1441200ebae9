namespace Crdt.Kuzu.Binding;

/// <summary>
/// A transaction on a connection. A statement that fails rolls the whole of it back; from then on the connection refuses statements
/// until this is disposed, so that nothing is written outside of it by mistake.
/// </summary>
/// <remarks>
/// A COPY must not be rolled back, neither by hand nor by a failure of it or of a statement after it: in 0.11.3 that drops relationships
/// which were committed before, and where rows of the table were not checkpointed yet it corrupts the process's memory. Where one was,
/// abandon the file. CREATE, SET and DELETE roll back as they should, and cost little more in batches.
/// </remarks>
public sealed class KuzuTransaction : IDisposable
{
    private readonly KuzuConnection _connection;
    private bool _isOver;

    internal KuzuTransaction(KuzuConnection connection) => _connection = connection;

    /// <summary>Whether a statement failed, and so all was rolled back.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Makes what was written visible and durable. Where a COPY was among it, the database is checkpointed too.</summary>
    /// <exception cref="KuzuException">
    /// It failed, and nothing was kept; but with <see cref="KuzuErrorReason.CheckpointFailed"/> all was kept, and only the checkpoint
    /// failed.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is over, or a statement of it failed.</exception>
    public void Commit()
    {
        if (HasFailed)
            throw new InvalidOperationException("A statement of the transaction failed, which rolled it back.");
        End("COMMIT");
    }

    /// <summary>Drops what was written.</summary>
    /// <exception cref="InvalidOperationException">It is over.</exception>
    public void Rollback()
    {
        if (_isOver || !HasFailed)
            End("ROLLBACK");
        else
            Dispose();
    }

    /// <summary>Rolls back, unless the transaction is over.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        if (HasFailed)
        {
            _isOver = true;
            _connection.Forget(this);
            return;
        }

        End("ROLLBACK");
    }

    internal void Fail() => HasFailed = true;

    private void End(string cypher)
    {
        if (_isOver)
            throw new InvalidOperationException("The transaction is over.");
        _isOver = true;
        _connection.EndTransaction(cypher);
    }
}
