using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// One conversation with a database: its statements run one after another, and its transaction is its own. It is for one thread at a
/// time, but for <see cref="Interrupt"/>.
/// </summary>
public sealed unsafe class KuzuConnection : IDisposable
{
    private readonly ConnectionHandle _handle;
    private KuzuTransaction? _transaction;

    internal KuzuConnection(ConnectionHandle handle) => _handle = handle;

    /// <summary>Runs one or more statements, separated by semicolons, and drops their rows.</summary>
    /// <param name="cypher">The statements. Never build values into them: see <see cref="Prepare"/>.</param>
    /// <exception cref="KuzuException">One failed. Those before it stand, unless a transaction is open: that one is rolled
    /// back.</exception>
    /// <exception cref="InvalidOperationException">The open transaction has failed already.</exception>
    public void Execute(string cypher)
    {
        using var result = Query(cypher);
        while (result.NextResult())
        {
        }
    }

    /// <summary>Runs one or more statements, separated by semicolons, and gives the first one's rows; the others' follow by
    /// <see cref="KuzuResult.NextResult"/>.</summary>
    /// <param name="cypher">The statements. Never build values into them: see <see cref="Prepare"/>.</param>
    /// <exception cref="KuzuException">The first one failed. An open transaction is rolled back.</exception>
    /// <exception cref="InvalidOperationException">The open transaction has failed already.</exception>
    public KuzuResult Query(string cypher)
    {
        ArgumentNullException.ThrowIfNull(cypher);
        DemandHealthyTransaction();
        return Run(cypher);
    }

    /// <summary>Prepares one statement with parameters, written <c>$name</c>.</summary>
    /// <exception cref="KuzuException">The statement does not parse or bind. An open transaction is rolled back.</exception>
    /// <exception cref="InvalidOperationException">The open transaction has failed already.</exception>
    public KuzuStatement Prepare(string cypher)
    {
        ArgumentNullException.ThrowIfNull(cypher);
        DemandHealthyTransaction();
        var handle = PrepareNative(cypher);
        return new KuzuStatement(this, handle, cypher);
    }

    /// <summary>Begins a transaction, which ends by <see cref="KuzuTransaction.Commit"/> or else is rolled back when it is
    /// disposed.</summary>
    /// <param name="readOnly">Whether it only reads: it then sees one state of the database throughout, beside any writer.</param>
    /// <exception cref="KuzuException">Another connection is writing (<see cref="KuzuErrorReason.WriterBusy"/>).</exception>
    /// <exception cref="InvalidOperationException">This connection has a transaction open.</exception>
    public KuzuTransaction BeginTransaction(bool readOnly = false)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("The connection has a transaction open; the engine does not nest them.");
        Run(readOnly ? "BEGIN TRANSACTION READ ONLY" : "BEGIN TRANSACTION").Dispose();
        return _transaction = new KuzuTransaction(this);
    }

    /// <summary>Ends the statement that runs, on whatever thread it does, with <see cref="KuzuErrorReason.Interrupted"/>.</summary>
    public void Interrupt()
    {
        using var lease = _handle.Use();
        var connection = lease.Boxed;
        KuzuApi.ConnectionInterrupt(&connection);
    }

    /// <summary>Limits how long a statement may run; it then ends with <see cref="KuzuErrorReason.Interrupted"/>.</summary>
    /// <param name="timeout">At least a millisecond; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is shorter.</exception>
    public void SetQueryTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromMilliseconds(1));
        using var lease = _handle.Use();
        var connection = lease.Boxed;
        Demand(KuzuApi.ConnectionSetQueryTimeout(&connection, timeout < TimeSpan.Zero ? 0 : (ulong)timeout.TotalMilliseconds));
    }

    /// <summary>Limits how many threads work on a statement of this connection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one.</exception>
    public void SetMaxThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var lease = _handle.Use();
        var connection = lease.Boxed;
        Demand(KuzuApi.ConnectionSetMaxThreads(&connection, (ulong)threads));
    }

    /// <summary>Closes the connection, as soon as its statements and results are disposed; an open transaction is rolled back.</summary>
    public void Dispose()
    {
        _transaction?.Dispose();
        _handle.Dispose();
    }

    internal KuzuResult ExecutePrepared(StatementHandle statement, string cypher)
    {
        DemandHealthyTransaction();
        BoxedOwned result = default;
        State state;
        using (var lease = _handle.Use())
        using (var leased = statement.Use())
        {
            var connection = lease.Boxed;
            var boxed = statement.Boxed(leased);
            state = KuzuApi.ConnectionExecute(&connection, &boxed, &result);
        }

        return Adopt(state, result, cypher);
    }

    /// <summary>Runs a statement that ends the transaction, whatever state it is in.</summary>
    internal void EndTransaction(string cypher)
    {
        _transaction = null;
        Run(cypher).Dispose();
    }

    /// <summary>
    /// The engine rolls the whole transaction back when a statement of it fails at binding or running, and leaves it open when
    /// it fails at parsing. Rolling back here makes one rule of it: what failed is over, and nothing more goes into it.
    /// </summary>
    internal void FailTransaction()
    {
        if (_transaction is not { } transaction)
            return;
        transaction.Fail();
        RunInternal("ROLLBACK\0"u8);
    }

    internal void Forget(KuzuTransaction transaction)
    {
        if (_transaction == transaction)
            _transaction = null;
    }

    private KuzuResult Run(string cypher)
    {
        using var text = new NativeText(cypher, stackalloc byte[NativeText.StackSize], nameof(cypher));
        BoxedOwned result = default;
        State state;
        using (var lease = _handle.Use())
        {
            var connection = lease.Boxed;
            fixed (byte* native = text)
                state = KuzuApi.ConnectionQuery(&connection, native, &result);
        }

        return Adopt(state, result, cypher);
    }

    private KuzuResult Adopt(State state, BoxedOwned result, string cypher)
    {
        if (state == State.Success)
            return new KuzuResult(this, new ResultHandle(result.Pointer, _handle), cypher);
        string? message = null;
        if (result.Pointer != 0)
        {
            message = NativeText.Take(KuzuApi.ResultGetErrorMessage(&result));
            KuzuApi.ResultDestroy(&result);
        }

        var error = EngineError.From(message, cypher);
        if (error.Reason == KuzuErrorReason.WriterBusy)
            LeaveManualMode();
        FailTransaction();
        throw error;
    }

    /// <summary>
    /// A BEGIN that the engine refuses leaves the connection in manual mode without a transaction, and its next statement would
    /// end the process. A transaction that begins and ends leads it out.
    /// </summary>
    private void LeaveManualMode()
    {
        RunInternal("BEGIN TRANSACTION READ ONLY\0"u8);
        RunInternal("ROLLBACK\0"u8);
    }

    /// <summary>Runs a statement whose outcome does not matter.</summary>
    private void RunInternal(ReadOnlySpan<byte> cypher)
    {
        BoxedOwned result = default;
        using var lease = _handle.Use();
        var connection = lease.Boxed;
        fixed (byte* native = cypher)
            KuzuApi.ConnectionQuery(&connection, native, &result);
        KuzuApi.ResultDestroy(&result);
    }

    private StatementHandle PrepareNative(string cypher)
    {
        using var text = new NativeText(cypher, stackalloc byte[NativeText.StackSize], nameof(cypher));
        using var lease = _handle.Use();
        var connection = lease.Boxed;
        BoxedStatement statement = default;
        State state;
        fixed (byte* native = text)
            state = KuzuApi.ConnectionPrepare(&connection, native, &statement);
        if (state == State.Success && KuzuApi.StatementIsSuccess(&statement))
            return new StatementHandle(statement, _handle);
        var message = statement.Statement == 0 ? null : NativeText.Take(KuzuApi.StatementGetErrorMessage(&statement));
        KuzuApi.StatementDestroy(&statement);
        FailTransaction();
        throw EngineError.From(message, cypher);
    }

    private void DemandHealthyTransaction()
    {
        if (_transaction is { HasFailed: true })
            throw new InvalidOperationException("A statement of the open transaction failed, which rolled it back. Dispose it before going on.");
    }

    private static void Demand(State state)
    {
        if (state != State.Success)
            throw new KuzuException("The engine refused a setting.", null, KuzuErrorReason.Unknown);
    }
}
