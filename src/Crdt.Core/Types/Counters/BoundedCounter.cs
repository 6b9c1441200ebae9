using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>
/// A counter that never falls below a bound, in whatever order replicas write, merge and come back: a bounded counter (Balegas et al.,
/// <i>Extending Eventually Consistent Cloud Databases for Enforcing Numeric Invariants</i>, SRDS 2015). It starts at the bound. Adding a
/// unit gives the replica that does it the right to take one away; a replica takes away no more than it has rights for, and can give
/// rights to others. A deletion of its entity keeps it: rights that came back with the entity could be used twice.
/// </summary>
/// <param name="schema">The field that this is; its <see cref="FieldSchema.Min"/> is the bound.</param>
public sealed class BoundedCounter(FieldSchema schema) : DotFunField<Escrow>(FieldKind.BoundedCounter, schema.Id)
{
    /// <summary>
    /// The bound and all units above it, held within the range of a <see cref="long"/>. Assigning adds the difference to what is read:
    /// <c>Value -= 5</c> takes 5 away. A copy that has merged a delta without those before it may know of uses and not of the units, and
    /// reads no less than the bound even then. O(replicas).
    /// </summary>
    /// <exception cref="InsufficientRightsException">Less is assigned than this replica has rights for; nothing has changed.</exception>
    /// <exception cref="OverflowException">The difference or a total exceeds 63 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or this copy lacks what the replica did through another.</exception>
    public long Value
    {
        get => ValueOf(schema, Rights);
        set => Add(checked(value - Value));
    }

    /// <summary>Who may take how much away, as far as this copy knows.</summary>
    public EscrowRights Rights => new(Store);

    /// <summary>Adds units, or takes some away.</summary>
    /// <exception cref="InsufficientRightsException">This replica has rights for less than is to be taken away; nothing has changed.</exception>
    /// <exception cref="OverflowException">A total of this replica would exceed 63 bits; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or this copy lacks what the replica did through another.</exception>
    public void Add(long change)
    {
        RequireWritable();
        if (change < 0) RequireRights(-(Int128)change, isUse: true);
        // What is used was wanted.
        Write(totals => change < 0 ? totals.Plus(Escrow.OfSpent((UInt128)(-(Int128)change))).Wanting((Int128)totals.Wanted + change) : totals.Plus(Escrow.OfMinted((UInt128)change)));
    }

    /// <summary>
    /// Gives another replica rights of this one. The value stays; the other one can use them as soon as it hears of it.
    /// </summary>
    /// <param name="to">The other replica. Nobody gets back what is given to an id that doesn't write any more.</param>
    /// <param name="amount">How many units.</param>
    /// <exception cref="InsufficientRightsException">This replica has fewer rights; nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount isn't positive.</exception>
    /// <exception cref="ArgumentException">The receiver is this replica itself.</exception>
    /// <exception cref="OverflowException">It has given that replica so much in all that the total would exceed 63 bits; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or this copy lacks what the replica did through another.</exception>
    public void Give(ReplicaId to, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        RequireWritable();
        if (to == Entity.Author.WriterId) throw new ArgumentException($"{to} is this replica itself, which has its rights already.", nameof(to));
        RequireRights(amount);
        var (rights, self) = (Rights, Entity.Author.WriterId);
        // Giving raises no need, or two that need some would pass what there is to and fro.
        Write(totals => totals.Plus(Escrow.OfGiven(new(to, amount))).Wanting(Int128.Min(totals.Wanted, rights.Exactly(self) - amount + rights.NeedOf(self))));
    }

    /// <summary>
    /// Lets what was written to an entity that was created without having read it go on from what a row holds of its former life. What was
    /// used of it meanwhile was added meanwhile, so rights are enough.
    /// </summary>
    /// <exception cref="OverflowException">A total would exceed 63 bits.</exception>
    internal void GoOnFrom(WireReader store, ReadOnlySpan<byte> table)
    {
        var former = new BoundedCounter(schema);
        former.Read(store, table);
        var self = Entity.Author.WriterId;
        var (written, before) = (OwnWrites(Store, self), OwnWrites(former.Store, self));
        if (written.Dots.IsEmpty || before.Dots.IsEmpty) return;
        var newest = Store.Within(written.Dots).Entries[^1].Key;
        Store = Store.Without(written.Dots).With(newest, written.Newest.Plus(before.Newest));
        Entity.Supersede(before.Dots);
    }

    /// <summary>
    /// Asks whoever has rights to give this replica so many more. Whoever hears of it and can spare some gives them by itself when it syncs next (see <see cref="EscrowRights.GiftsOf"/>); the value
    /// stays. It replaces an earlier wish. What is used counts as wanted, so that a wish that was granted and used is none any more.
    /// </summary>
    /// <param name="amount">How many units more than it has rights for now.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount isn't positive.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or this copy lacks what the replica did through another.</exception>
    public void Ask(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        RequireWritable();
        var rights = Rights.Exactly(Entity.Author.WriterId);
        Write(totals => totals.Wanting(rights + amount));
    }

    internal static long ValueOf(FieldSchema schema, EscrowRights rights) => (long)Int128.Clamp(schema.Min + rights.Sum, schema.Min, long.MaxValue);

    internal override void Apply(in FieldOperation operation)
    {
        switch (operation.Verb)
        {
            case FieldVerb.Change: Add(operation.Amount); break;
            case FieldVerb.Write: Value = operation.ReadValue<long, Int64Codec>(); break;
            case FieldVerb.Give: Give(operation.ReadReplica(), operation.Amount); break;
            default: throw operation.Unfit(this);
        }
    }

    private protected override DotFunField<Escrow> NewEmpty() => new BoundedCounter(schema);

    private protected override void WritePayload(ref WireWriter writer, Escrow payload) => payload.Write(ref writer);

    private protected override Escrow ReadPayload(ref WireReader reader) => Escrow.Read(ref reader);

    /// <summary>Demands a copy that knows all that its writer has done: totals that lack some would take their place.</summary>
    private void RequireWritable()
    {
        Entity.RequireWritable();
        if (!Entity.Author.HoldsNewest(Entity, Id, Store))
            throw new InvalidOperationException($"This copy of a {Entity.Type.Name} lacks what its replica has done to '{schema.Name}' through another copy; merge that one first, so that no right is used twice.");
    }

    private void RequireRights(Int128 wanted, bool isUse = false)
    {
        var (rights, self) = (Rights, Entity.Author.WriterId);
        if (wanted <= rights.Exactly(self)) return;
        if (isUse) Entity.Author.Lack(Entity, Id, (long)Int128.Min(wanted, long.MaxValue));
        throw new InsufficientRightsException(schema.Name, wanted, rights.Of(self), rights.InAll);
    }

    /// <summary>Replaces the author's own writes by one with what becomes of their totals; each of them holds those of all before it.</summary>
    private void Write(Func<Escrow, Escrow> change)
    {
        var (own, newest) = OwnWrites(Store, Entity.Author.WriterId);
        var totals = change(newest);
        var write = Entity.BeginWrite();
        Entity.Author.Fold(Entity, Id, own, write.Dot);
        Entity.Supersede(own);
        Store = Store.Without(own).With(write.Dot, totals);
        Entity.Notify(this);
    }

    private static (CausalContext Dots, Escrow Newest) OwnWrites(DotFun<Escrow> store, ReplicaId author)
    {
        var (dots, newest) = (new CausalContext(), default(Escrow));
        foreach (ref readonly var entry in store.Entries)
        {
            if (entry.Key.Replica != author) continue;
            dots.Add(entry.Key);
            newest = entry.Value;
        }

        return (dots, newest);
    }
}
