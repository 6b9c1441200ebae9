using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

internal static unsafe partial class ValueReader
{
    private static object? ReadNested(TypeId type, BoxedOwned* value) => type switch
    {
        TypeId.List => ReadElements(value, Get<ulong>(&KuzuApi.ValueGetListSize, value)),
        TypeId.Array => ReadElements(value, ArrayLength(value)),
        TypeId.Struct => ReadStruct(value),
        TypeId.Union => ReadActiveMember(value),
        TypeId.Map => ReadMap(value),
        TypeId.Node => ReadNode(value),
        TypeId.Rel => ReadRel(value),
        TypeId.RecursiveRel => ReadPath(value),
        _ => throw new NotSupportedException($"A value of the type {type} can't be read."),
    };

    private static object?[] ReadElements(BoxedOwned* value, ulong size)
    {
        var elements = new object?[size];
        BoxedOwned element = default;
        for (var i = 0UL; i < size; i++)
        {
            Demand(KuzuApi.ValueGetListElement(value, i, &element), value);
            elements[i] = Read(&element);
        }

        return elements;
    }

    private static ulong ArrayLength(BoxedOwned* value)
    {
        Boxed type = default;
        ulong length = 0;
        KuzuApi.ValueGetType(value, &type);
        var state = KuzuApi.TypeGetArrayLength(&type, &length);
        KuzuApi.TypeDestroy(&type);
        Demand(state, value);
        return length;
    }

    private static Dictionary<string, object?> ReadStruct(BoxedOwned* value)
    {
        var count = Get<ulong>(&KuzuApi.ValueGetFieldCount, value);
        var fields = new Dictionary<string, object?>((int)count, StringComparer.Ordinal);
        BoxedOwned field = default;
        for (var i = 0UL; i < count; i++)
        {
            byte* name = null;
            Demand(KuzuApi.ValueGetFieldName(value, i, &name), value);
            Demand(KuzuApi.ValueGetField(value, i, &field), value);
            fields[NativeText.Take(name)!] = Read(&field);
        }

        return fields;
    }

    /// <summary>A union's value holds the member that is set, and no other.</summary>
    private static object? ReadActiveMember(BoxedOwned* value)
    {
        BoxedOwned member = default;
        Demand(KuzuApi.ValueGetListElement(value, 0, &member), value);
        return Read(&member);
    }

    private static KeyValuePair<object, object?>[] ReadMap(BoxedOwned* value)
    {
        var entries = new KeyValuePair<object, object?>[Get<ulong>(&KuzuApi.ValueGetMapSize, value)];
        BoxedOwned key = default, item = default;
        for (var i = 0UL; i < (ulong)entries.Length; i++)
        {
            Demand(KuzuApi.ValueGetMapKey(value, i, &key), value);
            Demand(KuzuApi.ValueGetMapValue(value, i, &item), value);
            entries[i] = new(Read(&key)!, Read(&item));
        }

        return entries;
    }

    private static KuzuNode ReadNode(BoxedOwned* node) => new(
        Id(&KuzuApi.NodeGetId, node),
        Label(&KuzuApi.NodeGetLabel, node),
        Properties(&KuzuApi.NodeGetPropertyCount, &KuzuApi.NodeGetPropertyName, &KuzuApi.NodeGetProperty, node));

    private static KuzuRel ReadRel(BoxedOwned* rel) => new(
        Id(&KuzuApi.RelGetId, rel),
        Id(&KuzuApi.RelGetSource, rel),
        Id(&KuzuApi.RelGetTarget, rel),
        Label(&KuzuApi.RelGetLabel, rel),
        Properties(&KuzuApi.RelGetPropertyCount, &KuzuApi.RelGetPropertyName, &KuzuApi.RelGetProperty, rel));

    private static KuzuPath ReadPath(BoxedOwned* path)
    {
        BoxedOwned list = default;
        Demand(KuzuApi.PathGetNodes(path, &list), path);
        var nodes = ReadElements(&list, Get<ulong>(&KuzuApi.ValueGetListSize, &list));
        Demand(KuzuApi.PathGetRels(path, &list), path);
        var rels = ReadElements(&list, Get<ulong>(&KuzuApi.ValueGetListSize, &list));
        return new KuzuPath([.. nodes.Cast<KuzuNode>()], [.. rels.Cast<KuzuRel>()]);
    }

    private static KuzuInternalId Id(delegate*<BoxedOwned*, BoxedOwned*, State> get, BoxedOwned* value)
    {
        BoxedOwned id = default;
        Demand(get(value, &id), value);
        return Get<KuzuInternalId>(&KuzuApi.ValueGetInternalId, &id);
    }

    private static string Label(delegate*<BoxedOwned*, BoxedOwned*, State> get, BoxedOwned* value)
    {
        BoxedOwned label = default;
        Demand(get(value, &label), value);
        return GetText(&KuzuApi.ValueGetString, &label);
    }

    private static Dictionary<string, object?> Properties(
        delegate*<BoxedOwned*, ulong*, State> getCount,
        delegate*<BoxedOwned*, ulong, byte**, State> getName,
        delegate*<BoxedOwned*, ulong, BoxedOwned*, State> getValue,
        BoxedOwned* value)
    {
        var count = Get(getCount, value);
        var properties = new Dictionary<string, object?>((int)count, StringComparer.Ordinal);
        BoxedOwned property = default;
        for (var i = 0UL; i < count; i++)
        {
            byte* name = null;
            Demand(getName(value, i, &name), value);
            Demand(getValue(value, i, &property), value);
            properties[NativeText.Take(name)!] = Read(&property);
        }

        return properties;
    }

    private static void Demand(State state, BoxedOwned* value)
    {
        if (state != State.Success)
            throw WrongType(value);
    }
}
