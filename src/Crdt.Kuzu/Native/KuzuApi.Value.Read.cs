using System.Runtime.InteropServices;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: reading values. Inner values belong to the engine; strings are to be destroyed by the caller.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_is_null")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ValueIsNull(BoxedOwned* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_data_type")]
    public static partial void ValueGetType(BoxedOwned* value, Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_to_string")]
    public static partial byte* ValueToString(BoxedOwned* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_bool")]
    public static partial State ValueGetBool(BoxedOwned* value, byte* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_int64")]
    public static partial State ValueGetInt64(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_int32")]
    public static partial State ValueGetInt32(BoxedOwned* value, int* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_int16")]
    public static partial State ValueGetInt16(BoxedOwned* value, short* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_int8")]
    public static partial State ValueGetInt8(BoxedOwned* value, sbyte* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_uint64")]
    public static partial State ValueGetUInt64(BoxedOwned* value, ulong* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_uint32")]
    public static partial State ValueGetUInt32(BoxedOwned* value, uint* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_uint16")]
    public static partial State ValueGetUInt16(BoxedOwned* value, ushort* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_uint8")]
    public static partial State ValueGetUInt8(BoxedOwned* value, byte* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_int128")]
    public static partial State ValueGetInt128(BoxedOwned* value, NativeInt128* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_double")]
    public static partial State ValueGetDouble(BoxedOwned* value, double* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_float")]
    public static partial State ValueGetFloat(BoxedOwned* value, float* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_string")]
    public static partial State ValueGetString(BoxedOwned* value, byte** result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_uuid")]
    public static partial State ValueGetUuid(BoxedOwned* value, byte** result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_decimal_as_string")]
    public static partial State ValueGetDecimal(BoxedOwned* value, byte** result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_date")]
    public static partial State ValueGetDate(BoxedOwned* value, int* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_timestamp")]
    public static partial State ValueGetTimestamp(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_timestamp_tz")]
    public static partial State ValueGetTimestampTz(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_timestamp_ns")]
    public static partial State ValueGetTimestampNs(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_timestamp_ms")]
    public static partial State ValueGetTimestampMs(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_timestamp_sec")]
    public static partial State ValueGetTimestampSec(BoxedOwned* value, long* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_interval")]
    public static partial State ValueGetInterval(BoxedOwned* value, KuzuInterval* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "value_get_internal_id")]
    public static partial State ValueGetInternalId(BoxedOwned* value, KuzuInternalId* result);
}
