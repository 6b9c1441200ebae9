using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>
/// Who may take how much away from a bounded counter, as far as one copy knows. A replica's rights are what it made and was given, less
/// what it used and gave away; only it lowers them, so an older copy knows of no more than there are. Together they are the
/// counter's value above its bound.
/// </summary>
/// <remarks>
/// Of each replica its newest write counts, and holds the totals of all before. Older ones beside it are there where a delta came without those
/// before it; added up, they would be rights that don't exist.
/// </remarks>
public readonly struct EscrowRights
{
    private readonly DotFun<Escrow> _writes;

    internal EscrowRights(DotFun<Escrow> writes) => _writes = writes;

    /// <summary>All rights together: how far the counter is above its bound. O(replicas).</summary>
    public long InAll => Clamp(Sum);

    /// <summary>Everybody who has rights, ascending. O(replicas²).</summary>
    public IReadOnlyList<EscrowShare> Holders
    {
        get
        {
            var holders = new List<EscrowShare>();
            foreach (var replica in Replicas())
            {
                if (Of(replica) is > 0 and var amount) holders.Add(new(replica, amount));
            }

            return holders.AsReadOnly();
        }
    }

    /// <summary>The sum without a bound: negative where this copy knows of more uses than of units.</summary>
    internal Int128 Sum
    {
        get
        {
            Int128 sum = 0;
            foreach (var (_, totals) in Newest()) sum += totals.Net;
            return sum;
        }
    }

    /// <summary>Reads the rights out of an entity's encoded state, without its class. O(bytes).</summary>
    /// <param name="state">The state, of a deleted entity too.</param>
    /// <param name="field">The bounded counter.</param>
    /// <exception cref="WireFormatException">The state is malformed.</exception>
    public static EscrowRights Read(ReadOnlySpan<byte> state, FieldSchema field)
    {
        var fields = new StateReader(state);
        while (fields.MoveNext())
        {
            if (fields.FieldId == field.Id && fields.Kind == FieldKind.BoundedCounter) return Read(field, fields.Store(), fields.Table);
        }

        return default;
    }

    /// <summary>What a replica may take away before it hears from others. O(replicas).</summary>
    public long Of(ReplicaId replica) => Clamp(Exactly(replica));

    /// <summary>How many rights a replica lacks of those that it wants to hold. O(replicas).</summary>
    public long NeedOf(ReplicaId replica) => WantedBy(replica) is var wanted && wanted > 0 ? Clamp(wanted - Exactly(replica)) : 0;

    /// <summary>
    /// What a replica is to give of its rights to those that need some, so that all that they need comes together and little more. Whoever needs the least is served first (of equal ones the lower id), by everybody who can
    /// spare some: who needs more itself spares all that it has, who needs none what is above that which it wants to hold. Each gives in proportion to that, rounded up. Each gift lowers a need and raises none, so giving
    /// ends. O(replicas²).
    /// </summary>
    /// <remarks>Copies that differ give a little more or less. What they give exists, so the bound holds whatever they give.</remarks>
    public IReadOnlyList<EscrowShare> GiftsOf(ReplicaId giver)
    {
        var (given, gifts) = (0L, new List<EscrowShare>());
        if (Of(giver) == 0) return gifts;
        foreach (var need in Needs())
        {
            var spare = SpareOf(giver, need);
            if (spare <= given) break; // Those that follow need more than it does itself, or there is no more.
            Int128 all = 0;
            foreach (var holder in Holders) all += SpareOf(holder.Replica, need);
            var amount = (long)Int128.Min(spare - given, ((Int128)need.Amount * spare + all - 1) / all);
            gifts.Add(new(need.Replica, amount));
            given += amount;
        }

        return gifts.AsReadOnly();
    }

    internal static EscrowRights Read(FieldSchema field, WireReader store, ReadOnlySpan<byte> table)
    {
        var counter = new BoundedCounter(field);
        counter.Read(store, table);
        return counter.Rights;
    }

    /// <summary>The same without a bound: negative where this copy lacks what the replica had been given before it used it.</summary>
    internal Int128 Exactly(ReplicaId replica)
    {
        Int128 rights = 0;
        foreach (var (writer, totals) in Newest())
        {
            if (writer == replica) rights += totals.Kept;
            rights += totals.GivenTo(replica);
        }

        return rights;
    }

    /// <summary>Everybody who has written or was given something.</summary>
    internal SortedSet<ReplicaId> Replicas()
    {
        var replicas = new SortedSet<ReplicaId>();
        foreach (var (writer, totals) in Newest())
        {
            replicas.Add(writer);
            foreach (ref readonly var share in totals.Given) replicas.Add(share.Replica);
        }

        return replicas;
    }

    /// <summary>How many rights a replica wants to hold.</summary>
    internal Int128 WantedBy(ReplicaId replica)
    {
        foreach (var (writer, totals) in Newest())
        {
            if (writer == replica) return totals.Wanted;
        }

        return 0;
    }

    /// <summary>Everybody who needs something, the smallest need first.</summary>
    private List<EscrowShare> Needs()
    {
        var needs = new List<EscrowShare>();
        foreach (var (writer, totals) in Newest())
        {
            if (totals.Wanted > 0 && NeedOf(writer) is > 0 and var need) needs.Add(new(writer, need));
        }

        needs.Sort(static (a, b) => (a.Amount, a.Replica).CompareTo((b.Amount, b.Replica)));
        return needs;
    }

    /// <summary>How much somebody can spare for one that needs some.</summary>
    private long SpareOf(ReplicaId holder, EscrowShare need)
    {
        if (holder == need.Replica) return 0;
        if (NeedOf(holder) is > 0 and var own) return (own, holder).CompareTo((need.Amount, need.Replica)) > 0 ? Of(holder) : 0;
        return Clamp(Exactly(holder) - WantedBy(holder));
    }

    /// <summary>The newest totals of each replica, ascending.</summary>
    private IEnumerable<(ReplicaId Writer, Escrow Totals)> Newest()
    {
        var writes = _writes;
        for (var i = 0; i < writes.Count; i++)
        {
            var (dot, totals) = writes.Entries[i];
            if (i + 1 == writes.Count || writes.Entries[i + 1].Key.Replica != dot.Replica) yield return (dot.Replica, totals);
        }
    }

    private static long Clamp(Int128 rights) => (long)Int128.Clamp(rights, 0, long.MaxValue);
}
