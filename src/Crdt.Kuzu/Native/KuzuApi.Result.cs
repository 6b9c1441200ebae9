using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: results and their rows.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_destroy")]
    public static partial void ResultDestroy(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_is_success")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ResultIsSuccess(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_error_message")]
    public static partial byte* ResultGetErrorMessage(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_num_columns")]
    public static partial ulong ResultGetColumnCount(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_column_name")]
    public static partial State ResultGetColumnName(BoxedOwned* result, ulong index, byte** name);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_column_data_type")]
    public static partial State ResultGetColumnType(BoxedOwned* result, ulong index, Boxed* type);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_num_tuples")]
    public static partial ulong ResultGetRowCount(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_has_next")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ResultHasNext(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_next")]
    public static partial State ResultGetNext(BoxedOwned* result, BoxedOwned* row);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_has_next_query_result")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ResultHasNextResult(BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "query_result_get_next_query_result")]
    public static partial State ResultGetNextResult(BoxedOwned* result, BoxedOwned* next);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "flat_tuple_get_value")]
    public static partial State RowGetValue(BoxedOwned* row, ulong index, BoxedOwned* value);
}
