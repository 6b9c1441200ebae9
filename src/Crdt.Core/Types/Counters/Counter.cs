using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>
/// A counter that goes up and down on every replica at once: a PN counter on the causal kernel. Each replica's newest dot
/// carries its totals; the value is the sum over all.
/// </summary>
/// <param name="schema">The field that this is.</param>
public sealed class Counter(FieldSchema schema) : DotFunField<Tally>(FieldKind.Counter, schema.Id)
{
    /// <summary>
    /// The sum of all increments less that of all decrements, held within the range of a <see cref="long"/>. Assigning
    /// adds the difference to what is read: <c>Value -= 5</c> is a decrement of 5. O(replicas).
    /// </summary>
    /// <exception cref="OverflowException">The difference or a total exceeds 64 bits.</exception>
    public long Value
    {
        get => Read(Store.Entries);
        set => Add(checked(value - Value));
    }

    /// <summary>Adds a change, which may be negative.</summary>
    /// <exception cref="OverflowException">This replica's total of increments or decrements would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public void Add(long change)
    {
        Entity.RequireWritable();
        // Only own dots that no other copy has replaced yet may be folded; adding up others would count them twice.
        var total = default(Tally).Plus(change);
        var folded = new CausalContext();
        foreach (var (dot, tally) in Store.Entries)
        {
            if (!Entity.Author.MayFold(Entity, Id, dot)) continue;
            total = total.Plus(tally);
            folded.Add(dot);
        }

        var write = Entity.BeginWrite();
        Entity.Author.Fold(Entity, Id, folded, write.Dot);
        Entity.Supersede(folded);
        Store = Store.Without(folded).With(write.Dot, total);
    }

    internal static long Read(ReadOnlySpan<KeyValuePair<Dot, Tally>> entries)
    {
        Int128 sum = 0;
        foreach (ref readonly var entry in entries) sum += entry.Value.Net;
        return Clamp(sum);
    }

    internal static long Clamp(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);

    private protected override DotFunField<Tally> NewEmpty() => new Counter(schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload)
    {
        writer.WriteVarint(payload.Increments);
        writer.WriteVarint(payload.Decrements);
    }

    private protected override Tally ReadPayload(ref WireReader reader) => new(reader.ReadVarint(), reader.ReadVarint());
}
