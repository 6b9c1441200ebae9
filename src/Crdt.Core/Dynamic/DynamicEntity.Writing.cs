using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Types;
using Crdt.Types.Counters;

namespace Crdt.Dynamic;

/// <content>What can be done to a field, by its name.</content>
public sealed partial class DynamicEntity
{
    /// <summary>
    /// The value of a field. A register, an extreme or a flag reads as its value, a counter as a <see cref="long"/>, a multi-value register
    /// and a set as a list, an ordered list as a list in its order, a map as a dictionary. Registers, extremes, multi-value registers
    /// and flags can be set; setting a counter adds the difference. O(entity) to read.
    /// </summary>
    /// <param name="field">The field's name in the data.</param>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the value.</exception>
    /// <exception cref="InvalidOperationException">The field is written a part at a time, or the entity can't be written.</exception>
    /// <exception cref="Codec.WireFormatException">It is read and holds what is no value of its type, as only a peer in error sends it.</exception>
    public object? this[string field]
    {
        get => Read(Find(field).Schema);
        set
        {
            var (found, schema) = Find(field);
            if (found is TallyField counter) counter.Value = FieldWrites.Count(schema, value);
            else if (found is BoundedCounter bounded) bounded.Value = FieldWrites.Count(schema, value);
            else FieldWrites.Set(schema, value).Run(found);
        }
    }

    /// <summary>Adds to a counter; a negative amount takes away.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it only grows and the amount is negative.</exception>
    /// <exception cref="OverflowException">This replica's total would exceed 64 bits.</exception>
    /// <exception cref="InsufficientRightsException">It has a least value, and this replica has rights for less than is to be taken away.</exception>
    /// <exception cref="InvalidOperationException">The field is no counter, or the entity can't be written.</exception>
    public void Increment(string field, long amount = 1) => Run(field, schema => FieldWrites.Change(schema, amount));

    /// <summary>Gives another replica rights to take away from a counter that has a least value.</summary>
    /// <inheritdoc cref="BoundedCounter.Give"/>
    /// <param name="field">The counter's name in the data.</param>
    /// <param name="to">The other replica.</param>
    /// <param name="amount">How many units.</param>
    public void Give(string field, ReplicaId to, long amount) => RequireBounded(field).Give(to, amount);

    /// <summary>Asks whoever has rights to take away from a counter that has a least value to give this replica some.</summary>
    /// <inheritdoc cref="BoundedCounter.Ask"/>
    /// <param name="field">The counter's name in the data.</param>
    /// <param name="amount">How many units more than it was given until now.</param>
    public void Ask(string field, long amount) => RequireBounded(field).Ask(amount);

    /// <summary>Who may take how much away from a counter that has a least value, as far as is known here. O(replicas).</summary>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    /// <exception cref="InvalidOperationException">The field has no least value.</exception>
    public EscrowRights RightsOf(string field) => RequireBounded(field).Rights;

    /// <summary>Adds to the counter of a key.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the key.</exception>
    /// <exception cref="OverflowException">This replica's total would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The field is no map of counters, or the entity can't be written.</exception>
    public void IncrementAt(string field, object key, long amount = 1) => Run(field, schema => FieldWrites.Change(schema, amount, key));

    /// <summary>Adds an element to a set.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the element.</exception>
    /// <exception cref="InvalidOperationException">The field is no set, or the entity can't be written.</exception>
    public void Add(string field, object element) => Run(field, schema => FieldWrites.Keyed(schema, FieldVerb.Add, element));

    /// <summary>Removes an element of a set or a key of a map, as far as its additions were seen here.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it holds nothing of the kind.</exception>
    /// <exception cref="InvalidOperationException">The field is neither, or the entity can't be written.</exception>
    public void Remove(string field, object elementOrKey) => Run(field, schema => FieldWrites.Keyed(schema, FieldVerb.Remove, elementOrKey));

    /// <summary>Sets the value of a key of a map.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the key or the value.</exception>
    /// <exception cref="InvalidOperationException">The field is no map, or the entity can't be written.</exception>
    public void Put(string field, object key, object? value) => Run(field, schema => FieldWrites.Put(schema, key, value));

    /// <summary>Inserts an item into an ordered list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is none.</exception>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the item.</exception>
    /// <exception cref="InvalidOperationException">The field is no list, or the entity can't be written.</exception>
    public void Insert(string field, int index, object item) => Run(field, schema => FieldWrites.Item(schema, FieldVerb.Insert, index, item));

    /// <summary>Replaces an item of an ordered list, which stays where it is.</summary>
    /// <inheritdoc cref="Insert"/>
    public void Replace(string field, int index, object item) => Run(field, schema => FieldWrites.Item(schema, FieldVerb.Replace, index, item));

    /// <summary>Moves an item of an ordered list, so that it is at another index afterwards.</summary>
    /// <inheritdoc cref="RemoveAt"/>
    public void Move(string field, int from, int to) => RequireList(field).Apply(new(FieldVerb.Move) { Index = from, To = to });

    /// <summary>Removes an item of an ordered list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is none.</exception>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    /// <exception cref="InvalidOperationException">The field is no list, or the entity can't be written.</exception>
    public void RemoveAt(string field, int index) => RequireList(field).Apply(new(FieldVerb.Remove) { Index = index });

    /// <summary>What fills the fields of a new entity, with all that can be found wrong found before anything is written.</summary>
    internal static List<(int Field, FieldWrite Write)> Prepare(EntityType type, ReadOnlySpan<(string Field, object? Value)> values)
    {
        var writes = new List<(int Field, FieldWrite Write)>();
        foreach (var (name, value) in values)
        {
            var index = IndexOf(type, name);
            foreach (var write in FieldWrites.Fill(type.Fields[index], value)) writes.Add((index, write));
        }

        return writes;
    }

    internal void Run(List<(int Field, FieldWrite Write)> writes)
    {
        foreach (var (field, write) in writes) write.Run(State.Fields[field]);
    }

    private void Run(string field, Func<FieldSchema, FieldWrite> make)
    {
        var (found, schema) = Find(field);
        make(schema).Run(found);
    }

    private BoundedCounter RequireBounded(string name)
    {
        var (field, schema) = Find(name);
        return field as BoundedCounter ?? throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}, which has no least value.");
    }

    private Field RequireList(string name)
    {
        var (field, schema) = Find(name);
        return schema.Kind == FieldKind.List ? field : throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}, which has no order.");
    }
}
