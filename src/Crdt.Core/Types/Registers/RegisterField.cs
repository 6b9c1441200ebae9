using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>
/// What all registers have in common: a write replaces the writes that it has seen, and writes that were concurrent all stay,
/// as siblings, until one that has seen them replaces them. The subclasses say what siblings read as.
/// </summary>
/// <typeparam name="T">The value; a nullable type where absence can be written.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
public abstract class RegisterField<T, TCodec> : DotFunField<Timestamped<T>>
    where TCodec : IValueCodec<T>
{
    private protected RegisterField(FieldKind kind, FieldSchema schema)
        : base(kind, schema.Id) => Schema = schema;

    /// <summary>The writes in force: more than one where writes were concurrent. O(siblings).</summary>
    public IReadOnlyList<Sibling<T>> Siblings => RegisterWrites<T, TCodec>.Siblings(Store);

    private protected FieldSchema Schema { get; }

    /// <summary>Replaces every write that is in force here by one of <paramref name="value"/>, which was checked.</summary>
    private protected void Replace(T value)
    {
        Entity.RequireWritable();
        RegisterWrites<T, TCodec>.Observe(Entity.Author, Store);
        var write = Entity.BeginWrite();
        Entity.Supersede(this);
        Store = new(write.Dot, RegisterWrites<T, TCodec>.Of(write, value));
        Entity.Notify(this);
    }

    private protected sealed override void WritePayload(ref WireWriter writer, Timestamped<T> payload) =>
        RegisterWrites<T, TCodec>.Write(ref writer, payload);

    private protected sealed override Timestamped<T> ReadPayload(ref WireReader reader) => RegisterWrites<T, TCodec>.Read(ref reader);
}
