using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt.Sync.Transactions;

/// <summary>Gives the dots of one lane to one open transaction. No other transaction is open, so they follow the last commit's.</summary>
internal sealed class TransactionAuthor(ReplicaId replica, ulong lastCommitted, HybridClock clock, bool isOffline) : Author
{
    private string? _closed;
    private Stamp? _stamp;

    public ReplicaId Replica { get; } = replica;

    /// <summary>Is told of a bounded counter that was to be lowered by more than the replica has rights for.</summary>
    public Action<EntityId, uint, long>? Lacking { private get; init; }

    public ulong FirstNumber { get; } = checked(lastCommitted + 1);

    public ulong LastNumber { get; private set; } = lastCommitted;

    /// <summary>
    /// The stamp of the writes: one for the whole transaction, unless something later was observed since, which a write must
    /// not seem to precede.
    /// </summary>
    public Stamp Stamp => _stamp is { } stamp && stamp == clock.Last ? stamp : (_stamp = clock.Now()).Value;

    // What is written to a copy would not be committed, and would never be missed.
    internal override Author? OfCopies => null;

    internal override string? Closed => _closed;

    internal override string? RefusesJoin => "it belongs to a transaction; replicas of a graph merge by syncing.";

    /// <summary>Uses up a dot for nothing.</summary>
    public void Skip() => LastNumber = checked(LastNumber + 1);

    /// <summary>Ends the writing; the first reason stays.</summary>
    public void Close(string reason) => _closed ??= reason;

    internal override ReplicaId WriterId => Replica;

    internal override void Lack(EntityState entity, uint field, long amount) => Lacking?.Invoke(entity.Id, field, amount);

    internal override Write NextWrite(EntityState entity)
    {
        Skip();
        return new(new(Replica, LastNumber), LastNumber - 1, Stamp, isOffline);
    }

    internal override void Observe(Stamp stamp) => clock.Observe(stamp);

    // A transaction holds the only copy of an entity, so whatever is there of its own has not been replaced elsewhere.
    internal override bool MayFold(EntityState entity, uint field, Dot dot) => dot.Replica == Replica;

    // What it creates without having read it may lack earlier writes. It is put together with them at the commit, and they used no more rights than they had.
    internal override bool HoldsNewest<T>(EntityState entity, uint field, DotFun<T> dots) => true;

    internal override void Fold(EntityState entity, uint field, CausalContext dots, Dot by)
    {
    }
}
