using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>
/// A register whose last write wins: reading takes the sibling with the highest (stamp, replica, number). A conflict can be
/// listed, and its choice undone, on every replica. The field's <see cref="FieldSchema.Rule"/>, where it has one, chooses instead.
/// </summary>
/// <typeparam name="T">The value; a nullable type where absence can be written.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
public sealed class LwwRegister<T, TCodec> : RegisterField<T, TCodec>
    where TCodec : IValueCodec<T>
{
    private readonly T _initial;
    private readonly Func<T>? _makeInitial;

    /// <summary>A register of which nothing is known yet.</summary>
    /// <param name="schema">The field that this is.</param>
    /// <param name="initial">What an unwritten register reads as.</param>
    public LwwRegister(FieldSchema schema, T initial)
        : this(schema, initial, null)
    {
    }

    private LwwRegister(FieldSchema schema, T initial, Func<T>? makeInitial)
        : base(FieldKind.Register, schema) => (_initial, _makeInitial) = (initial, makeInitial);

    /// <summary>A register whose initial value is made when it is read: the constructor of a value may refuse to make it.</summary>
    /// <param name="schema">The field that this is.</param>
    /// <param name="makeInitial">Makes what an unwritten register reads as.</param>
    public static LwwRegister<T, TCodec> Lazy(FieldSchema schema, Func<T> makeInitial) => new(schema, default!, makeInitial);

    /// <summary>The winning value. Reading is O(siblings); writing replaces all siblings.</summary>
    /// <exception cref="ArgumentException">The value has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public T Value
    {
        get => Store.IsEmpty ? Initial : Resolved;
        set
        {
            ExactForm.Require<T, TCodec>(value, Schema, "value");
            Replace(value);
        }
    }

    // A field that was nullable for the writer and isn't here reads as if it were unwritten.
    private T AbsentValue => Schema.Nullable ? default! : Initial;

    private T Initial => _makeInitial is null ? _initial : _makeInitial();

    private T Resolved
    {
        get
        {
            if (Store.Count > 1 && Schema.Rule is ResolutionRule<T, TCodec> rule)
                return rule.Resolve(RegisterWrites<T, TCodec>.Siblings(Store)) is { } value ? value : AbsentValue;
            var last = RegisterWrites<T, TCodec>.Last(Store);
            return last.IsAbsent ? AbsentValue : last.Value;
        }
    }

    internal override IEnumerable<RegisterConflict> Conflicts(FieldSchema schema) => RegisterWrites<T, TCodec>.Differ(Store)
        ? [RegisterWrites<T, TCodec>.Conflict(this, schema, key: null, Value, () => Store, value => Value = value is null ? default! : (T)value)]
        : [];

    internal override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Write, this);
        Value = operation.ReadValue<T, TCodec>();
    }

    private protected override DotFunField<Timestamped<T>> NewEmpty() => new LwwRegister<T, TCodec>(Schema, _initial, _makeInitial);
}
