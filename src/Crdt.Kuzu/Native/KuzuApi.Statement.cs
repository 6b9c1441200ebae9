using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: prepared statements.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_destroy")]
    public static partial void StatementDestroy(BoxedStatement* statement);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_is_success")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool StatementIsSuccess(BoxedStatement* statement);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_get_error_message")]
    public static partial byte* StatementGetErrorMessage(BoxedStatement* statement);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_bool")]
    public static partial State BindBool(BoxedStatement* statement, byte* name, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_int64")]
    public static partial State BindInt64(BoxedStatement* statement, byte* name, long value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_int32")]
    public static partial State BindInt32(BoxedStatement* statement, byte* name, int value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_int16")]
    public static partial State BindInt16(BoxedStatement* statement, byte* name, short value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_int8")]
    public static partial State BindInt8(BoxedStatement* statement, byte* name, sbyte value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_uint64")]
    public static partial State BindUInt64(BoxedStatement* statement, byte* name, ulong value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_uint32")]
    public static partial State BindUInt32(BoxedStatement* statement, byte* name, uint value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_uint16")]
    public static partial State BindUInt16(BoxedStatement* statement, byte* name, ushort value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_uint8")]
    public static partial State BindUInt8(BoxedStatement* statement, byte* name, byte value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_double")]
    public static partial State BindDouble(BoxedStatement* statement, byte* name, double value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_float")]
    public static partial State BindFloat(BoxedStatement* statement, byte* name, float value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_string")]
    public static partial State BindString(BoxedStatement* statement, byte* name, byte* value);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "prepared_statement_bind_value")]
    public static partial State BindValue(BoxedStatement* statement, byte* name, BoxedOwned* value);
}
