using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Types;
using Crdt.Types.Counters;
using Crdt.Types.Flags;
using Crdt.Types.Lists;
using Crdt.Types.Maps;
using Crdt.Types.Registers;
using Crdt.Types.Sets;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>A field of a schema, and how one is made.</summary>
internal sealed record FieldFactory(FieldSchema Schema, Func<Field> New)
{
    public static FieldFactory Register<T, TCodec>(string name, bool nullable = false, T initial = default!, ValueSchema? type = null, ResolutionRule? rule = null)
        where TCodec : IValueCodec<T>
    {
        var schema = SchemaOf<TCodec, T>(name, FieldKind.Register, nullable, type) with { Rule = rule };
        return new(schema, () => new LwwRegister<T, TCodec>(schema, initial));
    }

    public static FieldFactory MultiValue<T, TCodec>(string name)
        where T : notnull
        where TCodec : IValueCodec<T>
    {
        var schema = SchemaOf<TCodec, T>(name, FieldKind.MultiValue);
        return new(schema, () => new MultiValueRegister<T, TCodec>(schema));
    }

    public static FieldFactory Max<T, TCodec>(string name, T initial = default!)
        where TCodec : IValueCodec<T>
    {
        var schema = SchemaOf<TCodec, T>(name, FieldKind.Max);
        return new(schema, () => new MaxRegister<T, TCodec>(schema, initial));
    }

    public static FieldFactory Min<T, TCodec>(string name, T initial = default!)
        where TCodec : IValueCodec<T>
    {
        var schema = SchemaOf<TCodec, T>(name, FieldKind.Min);
        return new(schema, () => new MinRegister<T, TCodec>(schema, initial));
    }

    public static FieldFactory Counter(string name) => Of(new(name, FieldKind.Counter, ValueKind.Int64, false, name), schema => new Counter(schema));

    public static FieldFactory GrowOnly(string name) => Of(new(name, FieldKind.GrowOnlyCounter, ValueKind.Int64, false, name), schema => new GrowOnlyCounter(schema));

    public static FieldFactory Bounded(string name, long min = 0) => Of(new(name, FieldKind.BoundedCounter, ValueKind.Int64, false, name) { Min = min }, schema => new BoundedCounter(schema));

    public static FieldFactory EnableWins(string name) => Of(new(name, FieldKind.EnableWins, ValueKind.Boolean, false, name), schema => new EnableWinsFlag(schema));

    public static FieldFactory DisableWins(string name) => Of(new(name, FieldKind.DisableWins, ValueKind.Boolean, false, name), schema => new DisableWinsFlag(schema));

    public static FieldFactory Set<T, TCodec>(string name)
        where T : notnull
        where TCodec : IValueCodec<T> => Of(SchemaOf<TCodec, T>(name, FieldKind.Set), schema => new OrSet<T, TCodec>(schema));

    public static FieldFactory List<T, TCodec>(string name)
        where T : notnull
        where TCodec : IValueCodec<T> => Of(SchemaOf<TCodec, T>(name, FieldKind.List), schema => new OrderedList<T, TCodec>(schema));

    public static FieldFactory Map<TKey, TKeyCodec, T, TCodec>(string name, bool nullable = false)
        where TKey : notnull
        where TKeyCodec : IValueCodec<TKey>
        where TCodec : IValueCodec<T> =>
        Of(SchemaOf<TCodec, T>(name, FieldKind.Map, nullable) with { Key = TKeyCodec.Kind }, schema => new OrMap<TKey, TKeyCodec, T, TCodec>(schema));

    public static FieldFactory CounterMap<TKey, TKeyCodec>(string name)
        where TKey : notnull
        where TKeyCodec : IValueCodec<TKey> =>
        Of(new(name, FieldKind.CounterMap, ValueKind.Int64, false, name) { Key = TKeyCodec.Kind }, schema => new CounterMap<TKey, TKeyCodec>(schema));

    private static FieldFactory Of(FieldSchema schema, Func<FieldSchema, Field> make) => new(schema, () => make(schema));

    private static FieldSchema SchemaOf<TCodec, T>(string name, FieldKind kind, bool nullable = false, ValueSchema? type = null)
        where TCodec : IValueCodec<T> => new(name, kind, type ?? TCodec.Kind, nullable, name);
}
