using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Types.Counters;

/// <summary>
/// What one replica has done to a bounded counter, as totals: units that it made, units that it took away, rights that it gave to
/// others; and the rights that it wants to hold (O'Neil, <i>The Escrow Transactional Method</i>, 1986; Balegas et al., SRDS 2015). Totals only grow, so whoever knows older ones
/// knows of fewer rights than there are; what it wants is a wish, which nothing depends on. Each is at most <see cref="long.MaxValue"/>, so that no sum over a state leaves 128 bits. Immutable.
/// </summary>
public readonly struct Escrow
{
    private const int SmallestShare = ReplicaId.Size + 1;

    /// <summary>The shares, or a wish with the shares: most have neither, and there may be as many of these as a peer has bytes for.</summary>
    private readonly object? _more;

    private Escrow(ulong minted, ulong spent, EscrowShare[]? given, ulong wanted = 0) => (Minted, Spent, _more) = (minted, spent, wanted == 0 ? given : new Wish(wanted, given));

    /// <summary>The units that it added; each came with the right to take one away.</summary>
    public ulong Minted { get; }

    /// <summary>The units that it took away.</summary>
    public ulong Spent { get; }

    /// <summary>How many rights it wants to hold; 0 where it never asked, or has used what it asked for.</summary>
    public ulong Wanted => (_more as Wish)?.Rights ?? 0;

    /// <summary>What it gave away in all, by receiver, ascending.</summary>
    public ReadOnlySpan<EscrowShare> Given => Shares;

    private EscrowShare[]? Shares => _more is Wish wish ? wish.Given : _more as EscrowShare[];

    /// <summary>What the totals add to the counter.</summary>
    public Int128 Net => (Int128)Minted - Spent;

    /// <summary>The rights that its writer made, and neither used nor gave away. Negative where it used what others had given it.</summary>
    public Int128 Kept
    {
        get
        {
            var kept = Net;
            foreach (ref readonly var share in Given) kept -= share.Amount;
            return kept;
        }
    }

    /// <summary>The totals of one who made so many units.</summary>
    /// <exception cref="OverflowException">They are too many.</exception>
    public static Escrow OfMinted(UInt128 units) => new(Within(units), 0, null);

    /// <summary>The totals of one who took so many units away.</summary>
    /// <exception cref="OverflowException">They are too many.</exception>
    public static Escrow OfSpent(UInt128 units) => new(0, Within(units), null);

    /// <summary>The totals of one who gave another so much.</summary>
    public static Escrow OfGiven(EscrowShare share) => new(0, 0, [share]);

    /// <summary>What it gave to a replica. O(log receivers).</summary>
    public long GivenTo(ReplicaId replica)
    {
        var given = Given;
        int low = 0, high = given.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = given[middle].Replica.CompareTo(replica);
            if (order == 0) return given[middle].Amount;
            if (order < 0) low = middle + 1; else high = middle - 1;
        }

        return 0;
    }

    /// <summary>The totals of both, and the greater of what they want. O(receivers).</summary>
    /// <exception cref="OverflowException">One would exceed <see cref="long.MaxValue"/>.</exception>
    public Escrow Plus(Escrow other) => new(Within((UInt128)Minted + other.Minted), Within((UInt128)Spent + other.Spent), Merge(Shares, other.Shares), Math.Max(Wanted, other.Wanted));

    /// <summary>The same of one who wants to hold so many rights.</summary>
    public Escrow Wanting(Int128 rights) => new(Minted, Spent, Shares, (ulong)Int128.Clamp(rights, 0, long.MaxValue));

    internal void Write(ref WireWriter writer)
    {
        writer.WriteVarint(Minted);
        writer.WriteVarint(Spent);
        foreach (ref readonly var share in Given)
        {
            writer.WriteReplica(share.Replica);
            writer.WriteVarint((ulong)share.Amount);
        }

        if (Wanted > 0) writer.WriteUInt64(Wanted);
    }

    /// <exception cref="WireFormatException">These are no totals in canonical form.</exception>
    internal static Escrow Read(ref WireReader reader)
    {
        var (minted, spent) = (ReadTotal(ref reader), ReadTotal(ref reader));
        var rest = reader;
        var (count, wanted) = Check(ref rest);
        if (count == 0 && wanted == 0) return new(minted, spent, null);
        var given = count == 0 ? null : new EscrowShare[count];
        for (var i = 0; i < count; i++) given![i] = new(reader.ReadReplica(), (long)reader.ReadVarint());
        if (wanted > 0) reader.ReadUInt64();
        return new(minted, spent, given, wanted);
    }

    /// <summary>Demands that these are totals in canonical form, and makes nothing of them. O(bytes).</summary>
    /// <exception cref="WireFormatException">They are not.</exception>
    internal static void Validate(WireReader reader)
    {
        ReadTotal(ref reader);
        ReadTotal(ref reader);
        Check(ref reader);
    }

    /// <summary>Reads all shares and what is wanted, which is shorter than any share; says how many there are and how much that is.</summary>
    private static (int Shares, ulong Wanted) Check(ref WireReader reader)
    {
        var (count, before) = (0, default(ReplicaId));
        for (; reader.Remaining >= SmallestShare; count++)
        {
            var replica = reader.ReadReplica();
            if (count > 0 && replica.CompareTo(before) <= 0) throw reader.Malformed("those who were given rights must ascend");
            if (ReadTotal(ref reader) == 0) throw reader.Malformed("a share of nothing is not listed");
            before = replica;
        }

        if (reader.Remaining == 0) return (count, 0);
        if (reader.Remaining != sizeof(ulong)) throw reader.Malformed("what was given is cut off");
        var wanted = reader.ReadUInt64();
        if (wanted > long.MaxValue) throw reader.Malformed($"a wish for {wanted} exceeds 63 bits");
        return wanted > 0 ? (count, wanted) : throw reader.Malformed("a wish for nothing is not listed");
    }

    private static ulong ReadTotal(ref WireReader reader)
    {
        var total = reader.ReadVarint();
        return total <= long.MaxValue ? total : throw reader.Malformed($"a total of {total} exceeds 63 bits");
    }

    private static EscrowShare[]? Merge(EscrowShare[]? mine, EscrowShare[]? theirs)
    {
        if (mine is null || theirs is null) return mine ?? theirs;
        var merged = new List<EscrowShare>(mine.Length + theirs.Length);
        int i = 0, j = 0;
        while (i < mine.Length || j < theirs.Length)
        {
            var order = i == mine.Length ? 1 : j == theirs.Length ? -1 : mine[i].Replica.CompareTo(theirs[j].Replica);
            if (order == 0) merged.Add(new(mine[i].Replica, checked(mine[i++].Amount + theirs[j++].Amount)));
            else merged.Add(order < 0 ? mine[i++] : theirs[j++]);
        }

        return [.. merged];
    }

    private sealed record Wish(ulong Rights, EscrowShare[]? Given);

    private static ulong Within(UInt128 total) => total <= (UInt128)long.MaxValue ? (ulong)total : throw new OverflowException("A total of a bounded counter would exceed 63 bits.");
}
