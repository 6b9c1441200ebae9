using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Flags;

/// <summary>
/// A flag whose one state holds dots and whose other state removes those that were seen; so where both were chosen
/// concurrently, the state that holds dots wins (Almeida et al., 2018).
/// </summary>
public abstract class FlagField : DotFunField<Presence>
{
    private readonly bool _held;

    private protected FlagField(FieldKind kind, FieldSchema schema, bool held)
        : base(kind, schema.Id) => (Schema, _held) = (schema, held);

    /// <summary>The flag. Choosing the state that wins is a write even where it is in force, so that it survives a concurrent other one.</summary>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public bool Value
    {
        get => Store.IsEmpty != _held;
        set
        {
            if (value == _held) Hold();
            else Release();
            Entity.Notify(this);
        }
    }

    private protected FieldSchema Schema { get; }

    internal sealed override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Write, this);
        Value = operation.ReadValue<bool, BooleanCodec>();
    }

    private protected sealed override void WritePayload(ref WireWriter writer, Presence payload)
    {
    }

    private protected sealed override Presence ReadPayload(ref WireReader reader) => default;

    private void Hold()
    {
        var write = Entity.BeginWrite();
        Entity.Supersede(this);
        Store = new(write.Dot, default);
    }

    private void Release()
    {
        Entity.BeginRemoval();
        Entity.Supersede(this);
        Store = default;
    }
}
