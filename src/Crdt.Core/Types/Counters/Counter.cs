using Crdt.Codec;
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
        get => TallyFolding.Read(Store);
        set => Add(checked(value - Value));
    }

    /// <summary>Adds a change, which may be negative.</summary>
    /// <exception cref="OverflowException">This replica's total of increments or decrements would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public void Add(long change)
    {
        Entity.RequireWritable();
        Store = TallyFolding.Add(Entity, Id, Store, change);
        Entity.Notify(this);
    }

    internal override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Change, this);
        Add(operation.Amount);
    }

    private protected override DotFunField<Tally> NewEmpty() => new Counter(schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload) => payload.Write(ref writer);

    private protected override Tally ReadPayload(ref WireReader reader) => Tally.Read(ref reader);
}
