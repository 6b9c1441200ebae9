namespace Crdt.Sqlite;

/// <summary>
/// Knows for most ids that a store doesn't hold them without asking the disk (Bloom, <i>Space/Time Trade-offs in Hash
/// Coding with Allowable Errors</i>, 1970). Two bytes an id; a full one is wrong about 1 in 400 absent ids.
/// </summary>
/// <param name="capacity">How many ids it is made for.</param>
internal sealed class IdFilter(long capacity)
{
    private const int BitsEach = 16;
    private const int Probes = 4;
    private readonly ulong[] _bits = new ulong[capacity * BitsEach / 64];
    private long _count;

    /// <summary>Whether it holds more than it was made for, and errs more often with every further one.</summary>
    public bool IsFull => _count > capacity;

    public void Add(ReadOnlySpan<byte> id)
    {
        var (hash, step) = Start(id);
        for (var i = 0; i < Probes; i++, hash += step) _bits[Word(hash)] |= Bit(hash);
        _count++;
    }

    /// <summary>False only where the id was never added.</summary>
    public bool MayContain(ReadOnlySpan<byte> id)
    {
        var (hash, step) = Start(id);
        for (var i = 0; i < Probes; i++, hash += step)
        {
            if ((_bits[Word(hash)] & Bit(hash)) == 0) return false;
        }

        return true;
    }

    private static (ulong Hash, ulong Step) Start(ReadOnlySpan<byte> id)
    {
        var hash = KeyHash.Of(id);
        return (hash, hash * 0xD6E8_FEB8_6659_FD93 | 1);
    }

    private long Word(ulong hash) => (long)Math.BigMul(hash, (ulong)_bits.LongLength, out _);

    private static ulong Bit(ulong hash) => 1UL << (int)(hash & 63);
}
