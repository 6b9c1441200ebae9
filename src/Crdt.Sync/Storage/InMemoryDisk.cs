namespace Crdt.Sync.Storage;

/// <summary>
/// Holds what an <see cref="InMemoryStore"/> has acknowledged, and outlives it as a file outlives a process: a store that is opened on it later goes on
/// where the last one stopped. For tests, and for replicas that need not survive the process. One store at a time has it open.
/// </summary>
public sealed class InMemoryDisk
{
    private InMemoryStore? _holder;

    /// <summary>Whether a store has it open.</summary>
    public bool IsOpen => Volatile.Read(ref _holder) is not null;

    /// <summary>What is durable; null as long as no store was opened on it.</summary>
    internal StoreContent? Content { get; set; }

    /// <summary>Another disk with what is durable here now, as a backup or a copied file has it. Nothing is copied but references. O(1).</summary>
    public InMemoryDisk Copy() => new() { Content = Content };

    /// <summary>Puts back what a copy holds, in place of all that is here. O(1).</summary>
    /// <remarks>Whoever writes on from an older state under the same identity gives numbers a second time that others may have seen already.</remarks>
    /// <param name="backup">The copy; it stays as it is.</param>
    /// <exception cref="InvalidOperationException">A store has it open.</exception>
    public void Restore(InMemoryDisk backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        if (IsOpen) throw new InvalidOperationException("A disk that is open can't be restored; dispose its store first.");
        Content = backup.Content;
    }

    /// <summary>
    /// Takes the disk away from the store that has it open, as the end of a process does: what was acknowledged stays, an unfinished batch is gone,
    /// and every later call of that store fails. Nothing happens where no store has it open.
    /// </summary>
    public void Crash() => Volatile.Write(ref _holder, null);

    internal bool TryOpen(InMemoryStore store) => Interlocked.CompareExchange(ref _holder, store, null) is null;

    internal bool IsHeldBy(InMemoryStore store) => Volatile.Read(ref _holder) == store;

    internal void Close(InMemoryStore store) => Interlocked.CompareExchange(ref _holder, null, store);
}
