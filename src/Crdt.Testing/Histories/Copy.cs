using Crdt.Entities;

namespace Crdt.Testing.Histories;

/// <summary>
/// One copy of the entity with what a simple model knows of it: the writes that it has seen and those of them that are
/// gone, as plain sets. Kept like that forever, they need no causal contexts; that is what contexts are checked against.
/// </summary>
internal sealed class Copy(int number, Author author, int replica, EntityState state)
{
    public int Number => number;

    public Author Author => author;

    public int Replica => replica;

    public EntityState State { get; set; } = state;

    public ulong Seen { get; set; }

    public ulong Gone { get; set; }

    public ulong Live => Seen & ~Gone;

    /// <summary>What was seen or went away since a delta was last taken.</summary>
    public ulong Pending { get; set; }

    /// <summary>What was seen and gone when a delta was last taken, which the next one builds on.</summary>
    public (ulong Seen, ulong Gone) Taken { get; set; }

    /// <summary>Whether it has merged a delta without what that builds on. It ends exact, but isn't until the rest arrives.</summary>
    public bool HasGaps { get; set; }

    /// <summary>All deltas that it has shipped since it was made.</summary>
    public List<byte[]> Shipped { get; } = [];

    /// <summary>The writes whose claims to the numbers since their writer's last one it has seen; they may come apart from the writes.</summary>
    public ulong Claims { get; set; }

    /// <summary>Those of them that came since a delta was last taken.</summary>
    public ulong PendingClaims { get; set; }

    public void Learn(ulong seen, ulong gone, ulong claims)
    {
        PendingClaims |= claims & ~Claims;
        Claims |= claims;
        Pending |= (seen & ~Seen) | (gone & seen & Live);
        Seen |= seen;
        Gone |= gone;
    }

    public void Forget(ulong writes)
    {
        Gone |= writes;
        Pending |= writes;
    }

    public override string ToString() => $"copy {number} of replica {(char)('A' + replica)}";
}
