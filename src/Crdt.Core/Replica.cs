using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt;

/// <summary>
/// A writer of objects that stand alone, without engine or store: it gives out dots and stamps. Use it from one thread at a
/// time. It remembers a few words for every entity that it has written to.
/// </summary>
/// <remarks>
/// Two writers must never share an id. A program that starts again should make a new replica; one that wants to go on
/// under its old id has to hand in the last number that it used, from the same moment as the objects it has kept. Of several copies of an entity
/// that it has kept, it has to merge the others into the one that it goes on with, lest a bounded counter's rights are used twice.
/// </remarks>
public sealed class Replica : Author
{
    private static readonly TimeSpan MaxClockLead = TimeSpan.FromDays(1);

    private readonly HybridClock _clock;
    private readonly Dictionary<EntityId, Ledger> _ledgers = [];
    private readonly ulong _resumedAt;

    /// <summary>A new writer with an id of its own.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="time">Where time is read; the system's clock by default.</param>
    public Replica(string name, TimeProvider? time = null)
        : this(name, ReplicaId.Random(), 0, time)
    {
    }

    /// <summary>A writer that goes on under an id that it has used before.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="id">Its id.</param>
    /// <param name="lastNumber">The number of the last dot that was given under this id.</param>
    /// <param name="time">Where time is read; the system's clock by default.</param>
    public Replica(string name, ReplicaId id, ulong lastNumber, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Id, LastNumber, _resumedAt) = (name, id, lastNumber, lastNumber);
        _clock = new(time ?? TimeProvider.System);
    }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Its id in dots.</summary>
    public ReplicaId Id { get; }

    /// <summary>Whether it is offline. Its writes carry that, and lose to concurrent ones made online where <see cref="Resolution.OnlineWins"/> chooses.</summary>
    public bool IsOffline { get; set; }

    /// <summary>The number of the last dot that it gave out.</summary>
    public ulong LastNumber { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Id})";

    internal override ReplicaId WriterId => Id;

    internal override Write NextWrite(EntityState entity)
    {
        var ledger = LedgerOf(entity);
        var (after, stamp) = (ledger.Last, _clock.Now());
        ledger.Last = LastNumber = checked(LastNumber + 1);
        return new(new(Id, LastNumber), after, stamp, IsOffline);
    }

    internal override bool MayFold(EntityState entity, uint field, Dot dot) =>
        dot.Replica == Id && LedgerOf(entity).LiveTallies.Contains((field, dot.Counter));

    internal override bool HoldsNewest<T>(EntityState entity, uint field, DotFun<T> dots) =>
        LedgerOf(entity).LiveTallies.All(tally => tally.Field != field || dots.Contains(new(Id, tally.Number)));

    internal override void Fold(EntityState entity, uint field, CausalContext dots, Dot by)
    {
        var live = LedgerOf(entity).LiveTallies;
        // Each of the dots is a write of a tally, so there are no more numbers here than writes that are replaced.
        foreach (var range in dots.Ranges)
        {
            for (var number = range.First; number <= range.Last; number++) live.Remove((field, number));
        }

        live.Add((field, by.Counter));
    }

    // A stamp from a clock that runs far ahead must not lead this one along: its writes would win for as long.
    internal override void Observe(Stamp stamp)
    {
        if (_clock.LeadOf(stamp) <= MaxClockLead) _clock.Observe(stamp);
    }

    private Ledger LedgerOf(EntityState entity)
    {
        if (!_ledgers.TryGetValue(entity.Id, out var ledger)) _ledgers.Add(entity.Id, ledger = new(_resumedAt));
        return ledger;
    }

    /// <summary>What this writer has to know of an entity, whichever copies of it there are.</summary>
    private sealed class Ledger(ulong last)
    {
        private HashSet<(uint Field, ulong Number)>? _liveTallies;

        public ulong Last { get; set; } = last;

        public HashSet<(uint Field, ulong Number)> LiveTallies => _liveTallies ??= [];
    }
}
