using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>A counter that only goes up: each replica's newest dot carries what it has added; the value is the sum over all.</summary>
/// <param name="schema">The field that this is.</param>
public sealed class GrowOnlyCounter(FieldSchema schema) : DotFunField<Tally>(FieldKind.GrowOnlyCounter, schema.Id)
{
    /// <summary>The sum of all increments, held within the range of a <see cref="long"/>. Assigning adds the difference to what is read. O(replicas).</summary>
    /// <exception cref="ArgumentOutOfRangeException">What is assigned is less than what is read.</exception>
    /// <exception cref="OverflowException">The total would exceed 64 bits.</exception>
    public long Value
    {
        get => TallyFolding.Read(Store);
        set => Add(checked(value - Value));
    }

    /// <summary>Adds a change, which is not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The change is negative; the message names the property.</exception>
    /// <exception cref="OverflowException">This replica's total would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public void Add(long change)
    {
        if (change < 0) throw new ArgumentOutOfRangeException(schema.Name, change, $"'{schema.Name}' only grows; declare it as [Counter] for a value that can fall.");
        Entity.RequireWritable();
        Store = TallyFolding.Add(Entity, Id, Store, change);
        Entity.Notify(this);
    }

    internal override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Change, this);
        Add(operation.Amount);
    }

    private protected override DotFunField<Tally> NewEmpty() => new GrowOnlyCounter(schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload) => writer.WriteVarint(payload.Increments);

    private protected override Tally ReadPayload(ref WireReader reader) => new(reader.ReadVarint(), 0);
}
