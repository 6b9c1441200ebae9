using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: logical types.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "data_type_create")]
    public static partial void TypeCreate(TypeId id, Boxed* child, ulong arrayLength, Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "data_type_destroy")]
    public static partial void TypeDestroy(Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "data_type_get_id")]
    public static partial TypeId TypeGetId(Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "data_type_get_num_elements_in_array")]
    public static partial State TypeGetArrayLength(Boxed* type, ulong* length);
}
