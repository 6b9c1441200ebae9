using Crdt.Codec;

namespace Crdt.Types.Counters;

/// <summary>What one replica has done to a counter, as totals.</summary>
/// <param name="Increments">The sum of what it added.</param>
/// <param name="Decrements">The sum of what it subtracted.</param>
public readonly record struct Tally(ulong Increments, ulong Decrements)
{
    /// <summary>The totals after a further change.</summary>
    /// <exception cref="OverflowException">A total would exceed 64 bits.</exception>
    public Tally Plus(long change) => change >= 0
        ? this with { Increments = checked(Increments + (ulong)change) }
        : this with { Decrements = checked(Decrements + (ulong)-(Int128)change) };

    /// <summary>The totals of both.</summary>
    /// <exception cref="OverflowException">A total would exceed 64 bits.</exception>
    public Tally Plus(Tally other) => new(checked(Increments + other.Increments), checked(Decrements + other.Decrements));

    /// <summary>What the totals amount to.</summary>
    public Int128 Net => (Int128)Increments - Decrements;

    internal void Write(ref WireWriter writer)
    {
        writer.WriteVarint(Increments);
        writer.WriteVarint(Decrements);
    }

    internal static Tally Read(ref WireReader reader) => new(reader.ReadVarint(), reader.ReadVarint());
}
