namespace Crdt.Sync.Gossip;

/// <summary>Numbers that look drawn and follow from a seed: SplitMix64 (Steele, Lea, Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014).</summary>
/// <param name="seed">Where they begin.</param>
internal sealed class SeededChance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to <paramref name="bound"/>, which is not reached.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number between two others.</summary>
    public double Between(double low, double high) => low + ((high - low) * (Next() >> 11) * (1.0 / (1UL << 53)));

    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
