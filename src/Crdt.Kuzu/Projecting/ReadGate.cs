namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Lets any number read the database, and keeps them out while it is closed and opened again. Whoever reads is never thrown out: a result
/// may be read as slowly as its reader likes.
/// </summary>
internal sealed class ReadGate
{
    private readonly Lock _lock = new();
    private int _readers;
    private TaskCompletionSource? _reopened;
    private TaskCompletionSource? _left;

    /// <summary>Waits for the gate to be open, and enters. What is returned leaves again.</summary>
    public async ValueTask<Passage> EnterAsync(CancellationToken cancellationToken)
    {
        while (TryEnter() is { } reopened) await reopened.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(this);
    }

    /// <summary>Shuts the gate, and waits for those within to leave. It is open again where they didn't.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>Whether nobody reads.</returns>
    public async ValueTask<bool> TryShutAsync(TimeSpan patience)
    {
        if (Shut() is not { } left) return true;
        try
        {
            await left.WaitAsync(patience).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            Open();
            return false;
        }
    }

    /// <summary>Opens the gate again.</summary>
    public void Open()
    {
        TaskCompletionSource? reopened;
        lock (_lock) (reopened, _reopened, _left) = (_reopened, null, null);
        reopened?.SetResult();
    }

    /// <returns>What to wait for, where the gate is shut.</returns>
    private Task? TryEnter()
    {
        lock (_lock)
        {
            if (_reopened is not null) return _reopened.Task;
            _readers++;
            return null;
        }
    }

    /// <returns>What to wait for, where somebody is within.</returns>
    private Task? Shut()
    {
        lock (_lock)
        {
            _reopened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_readers == 0) return null;
            _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _left.Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_readers == 0) _left?.TrySetResult();
        }
    }

    /// <summary>The stay of one reader, to be disposed of once.</summary>
    public readonly struct Passage(ReadGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
