using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: reading lists, structs, maps, nodes, relationships and paths.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_list_size")]
    public static partial State ValueGetListSize(BoxedOwned* value, ulong* size);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_list_element")]
    public static partial State ValueGetListElement(BoxedOwned* value, ulong index, BoxedOwned* element);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_struct_num_fields")]
    public static partial State ValueGetFieldCount(BoxedOwned* value, ulong* count);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_struct_field_name")]
    public static partial State ValueGetFieldName(BoxedOwned* value, ulong index, byte** name);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_struct_field_value")]
    public static partial State ValueGetField(BoxedOwned* value, ulong index, BoxedOwned* field);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_map_size")]
    public static partial State ValueGetMapSize(BoxedOwned* value, ulong* size);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_map_key")]
    public static partial State ValueGetMapKey(BoxedOwned* value, ulong index, BoxedOwned* key);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_map_value")]
    public static partial State ValueGetMapValue(BoxedOwned* value, ulong index, BoxedOwned* item);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_recursive_rel_node_list")]
    public static partial State PathGetNodes(BoxedOwned* value, BoxedOwned* nodes);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_recursive_rel_rel_list")]
    public static partial State PathGetRels(BoxedOwned* value, BoxedOwned* rels);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "node_val_get_id_val")]
    public static partial State NodeGetId(BoxedOwned* node, BoxedOwned* id);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "node_val_get_label_val")]
    public static partial State NodeGetLabel(BoxedOwned* node, BoxedOwned* label);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "node_val_get_property_size")]
    public static partial State NodeGetPropertyCount(BoxedOwned* node, ulong* count);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "node_val_get_property_name_at")]
    public static partial State NodeGetPropertyName(BoxedOwned* node, ulong index, byte** name);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "node_val_get_property_value_at")]
    public static partial State NodeGetProperty(BoxedOwned* node, ulong index, BoxedOwned* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_id_val")]
    public static partial State RelGetId(BoxedOwned* rel, BoxedOwned* id);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_src_id_val")]
    public static partial State RelGetSource(BoxedOwned* rel, BoxedOwned* id);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_dst_id_val")]
    public static partial State RelGetTarget(BoxedOwned* rel, BoxedOwned* id);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_label_val")]
    public static partial State RelGetLabel(BoxedOwned* rel, BoxedOwned* label);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_property_size")]
    public static partial State RelGetPropertyCount(BoxedOwned* rel, ulong* count);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_property_name_at")]
    public static partial State RelGetPropertyName(BoxedOwned* rel, ulong index, byte** name);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "rel_val_get_property_value_at")]
    public static partial State RelGetProperty(BoxedOwned* rel, ulong index, BoxedOwned* value);
}
