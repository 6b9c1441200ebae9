namespace Crdt.Tests.Sync.Commit;

/// <summary>A state of all: the numbers of the sites' states, the messages under way as a set, and what may still go wrong.</summary>
internal readonly record struct World(ulong Sites, ulong Low, ulong High, uint Left)
{
    public static World Of(ReadOnlySpan<int> sites, UInt128 network, Bounds left)
    {
        var packed = 0UL;
        foreach (var site in sites) packed = (packed << 16) | (ushort)site;
        return new(packed, (ulong)network, (ulong)(network >> 64), Pack(left));
    }

    public UInt128 Network => new(High, Low);

    public Bounds Bounds => new(Byte(4), Byte(3), Byte(2), Byte(1), Byte(0));

    public int this[int site] => (int)(Sites >> (16 * (Bounds.Participants - site))) & 0xFFFF;

    public World With(int site, int state)
    {
        var shift = 16 * (Bounds.Participants - site);
        return this with { Sites = (Sites & ~(0xFFFFUL << shift)) | ((ulong)state << shift) };
    }

    public World With(UInt128 network) => this with { Low = (ulong)network, High = (ulong)(network >> 64) };

    public World With(Bounds left) => this with { Left = Pack(left) };

    // Six bits each are plenty.
    private static uint Pack(Bounds bounds) => (uint)((bounds.Participants << 24) | (bounds.Crashes << 18) | (bounds.Faults << 12) | (bounds.Timers << 6) | bounds.Restores);

    private int Byte(int place) => (int)(Left >> (6 * place)) & 0x3F;
}
