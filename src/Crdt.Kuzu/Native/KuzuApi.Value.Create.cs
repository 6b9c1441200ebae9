using System.Runtime.InteropServices;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: making values. What a create function returns belongs to the caller; structs and lists copy what they are made
/// of.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_null_with_data_type")]
    public static partial BoxedOwned* ValueCreateNull(Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_default")]
    public static partial BoxedOwned* ValueCreateDefault(Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_bool")]
    public static partial BoxedOwned* ValueCreateBool([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_int64")]
    public static partial BoxedOwned* ValueCreateInt64(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_int32")]
    public static partial BoxedOwned* ValueCreateInt32(int value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_int16")]
    public static partial BoxedOwned* ValueCreateInt16(short value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_int8")]
    public static partial BoxedOwned* ValueCreateInt8(sbyte value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_uint64")]
    public static partial BoxedOwned* ValueCreateUInt64(ulong value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_uint32")]
    public static partial BoxedOwned* ValueCreateUInt32(uint value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_uint16")]
    public static partial BoxedOwned* ValueCreateUInt16(ushort value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_uint8")]
    public static partial BoxedOwned* ValueCreateUInt8(byte value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_int128")]
    public static partial BoxedOwned* ValueCreateInt128(NativeInt128 value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_double")]
    public static partial BoxedOwned* ValueCreateDouble(double value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_float")]
    public static partial BoxedOwned* ValueCreateFloat(float value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_string")]
    public static partial BoxedOwned* ValueCreateString(byte* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_date")]
    public static partial BoxedOwned* ValueCreateDate(int value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_timestamp")]
    public static partial BoxedOwned* ValueCreateTimestamp(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_timestamp_tz")]
    public static partial BoxedOwned* ValueCreateTimestampTz(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_timestamp_ns")]
    public static partial BoxedOwned* ValueCreateTimestampNs(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_timestamp_ms")]
    public static partial BoxedOwned* ValueCreateTimestampMs(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_timestamp_sec")]
    public static partial BoxedOwned* ValueCreateTimestampSec(long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_interval")]
    public static partial BoxedOwned* ValueCreateInterval(KuzuInterval value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_internal_id")]
    public static partial BoxedOwned* ValueCreateInternalId(KuzuInternalId value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_list")]
    public static partial State ValueCreateList(ulong count, BoxedOwned** elements, BoxedOwned** list);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_create_struct")]
    public static partial State ValueCreateStruct(ulong count, byte** names, BoxedOwned** values, BoxedOwned** row);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_clone")]
    public static partial BoxedOwned* ValueClone(BoxedOwned* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_destroy")]
    public static partial void ValueDestroy(BoxedOwned* value);
}
