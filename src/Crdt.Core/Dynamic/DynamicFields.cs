using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types;
using Crdt.Types.Counters;
using Crdt.Types.Flags;
using Crdt.Types.Lists;
using Crdt.Types.Maps;
using Crdt.Types.Registers;
using Crdt.Types.Sets;

namespace Crdt.Dynamic;

/// <summary>
/// Fields for which there is no C# type. What a value means doesn't matter to where it is kept and how it merges, so the typed
/// fields do, over the canonical bytes; only an extreme has to know its values' order.
/// </summary>
internal static class DynamicFields
{
    /// <exception cref="NotSupportedException">This build doesn't know fields of that kind.</exception>
    public static Field Create(FieldSchema schema) => schema.Kind switch
    {
        FieldKind.Register => new LwwRegister<byte[], BytesCodec>(schema, null!),
        FieldKind.MultiValue => new MultiValueRegister<byte[], BytesCodec>(schema),
        FieldKind.Max or FieldKind.Min when ValueTypes.TryVisit(schema.Value, new Extreme(schema), out Field field) => field,
        FieldKind.Counter => new Counter(schema),
        FieldKind.GrowOnlyCounter => new GrowOnlyCounter(schema),
        FieldKind.BoundedCounter => new BoundedCounter(schema),
        FieldKind.EnableWins => new EnableWinsFlag(schema),
        FieldKind.DisableWins => new DisableWinsFlag(schema),
        FieldKind.Set => new OrSet<byte[], BytesCodec>(schema),
        FieldKind.Map => new OrMap<byte[], BytesCodec, byte[], BytesCodec>(schema),
        FieldKind.CounterMap => new CounterMap<byte[], BytesCodec>(schema),
        FieldKind.List => new OrderedList<byte[], BytesCodec>(schema),
        var kind => throw new NotSupportedException($"The field '{schema.Name}' is a {kind} of {schema.Value}, which this build doesn't know."),
    };

    private readonly struct Extreme(FieldSchema schema) : IValueVisitor<Field>
    {
        public Field Visit<T, TCodec>()
            where T : notnull
            where TCodec : IValueCodec<T> =>
            schema.Kind == FieldKind.Max ? new MaxRegister<T, TCodec>(schema, default!) : new MinRegister<T, TCodec>(schema, default!);
    }
}
