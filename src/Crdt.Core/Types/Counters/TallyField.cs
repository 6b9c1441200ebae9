using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>What counters have in common: each replica's newest dot carries its totals, and the value is the sum over all.</summary>
public abstract class TallyField : DotFunField<Tally>
{
    private protected TallyField(FieldKind kind, FieldSchema schema)
        : base(kind, schema.Id) => Schema = schema;

    /// <summary>
    /// The sum of all changes, held within the range of a <see cref="long"/>. Assigning adds the difference to what is
    /// read: <c>Value -= 5</c> is a decrement of 5. O(replicas).
    /// </summary>
    /// <exception cref="OverflowException">The difference or a total exceeds 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public long Value
    {
        get => TallyFolding.Read(Store);
        set => Add(checked(value - Value));
    }

    private protected FieldSchema Schema { get; }

    /// <summary>Adds a change.</summary>
    /// <exception cref="OverflowException">This replica's total of increments or decrements would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public void Add(long change)
    {
        RequireAllowed(change);
        Entity.RequireWritable();
        Store = TallyFolding.Add(Entity, Id, Store, change);
        Entity.Notify(this);
    }

    internal sealed override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Change, this);
        Add(operation.Amount);
    }

    private protected virtual void RequireAllowed(long change)
    {
    }
}
