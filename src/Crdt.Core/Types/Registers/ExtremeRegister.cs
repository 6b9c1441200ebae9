using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>
/// A register that only moves one way: it keeps the greatest (or the least) value ever written, whichever write was last.
/// Values are ordered by <see cref="IValueCodec{T}.Compare"/>, and by their canonical bytes where that calls them equal.
/// </summary>
/// <typeparam name="T">The value; a nullable type for a property that reads as null until it is written.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes and its order.</typeparam>
public abstract class ExtremeRegister<T, TCodec> : RegisterField<T, TCodec>
    where TCodec : IValueCodec<T>
{
    private readonly int _direction;

    private protected ExtremeRegister(FieldKind kind, FieldSchema schema, T initial, int direction)
        : base(kind, schema) => (Initial, _direction) = (initial, direction);

    /// <summary>
    /// The extreme of all values written; what an unwritten property of the type reads as before that. Assigning one that lies
    /// on the wrong side is a write all the same, of the value that is there. O(siblings).
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null: what was written can't be taken back.</exception>
    /// <exception cref="ArgumentException">The value has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public T Value
    {
        get => TryRead(out var value) ? value : Initial;
        set
        {
            if (value is null) throw new ArgumentNullException(Schema.Name, $"'{Schema.Name}' keeps an extreme, so it can't be set to null.");
            ExactForm.Require<T, TCodec>(value, Schema, "value");
            Replace(TryRead(out var current) && Beats(current, value) ? current : value);
        }
    }

    private protected T Initial { get; }

    internal sealed override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Write, this);
        Value = operation.ReadValue<T, TCodec>();
    }

    private bool TryRead(out T value)
    {
        value = Initial;
        var found = false;
        foreach (ref readonly var entry in Store.Entries)
        {
            if (entry.Value.IsAbsent || (found && !Beats(entry.Value.Value, value))) continue;
            value = entry.Value.Value;
            found = true;
        }

        return found;
    }

    private bool Beats(T challenger, T holder) => _direction * CanonicalOrder<T, TCodec>.ByValue.Compare(challenger, holder) > 0;
}
