using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API: connections.</summary>
internal static unsafe partial class KuzuApi
{
    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_init")]
    public static partial State ConnectionInit(Boxed* database, Boxed* connection);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_destroy")]
    public static partial void ConnectionDestroy(Boxed* connection);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_query")]
    public static partial State ConnectionQuery(Boxed* connection, byte* query, BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_prepare")]
    public static partial State ConnectionPrepare(Boxed* connection, byte* query, BoxedStatement* statement);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_execute")]
    public static partial State ConnectionExecute(Boxed* connection, BoxedStatement* statement, BoxedOwned* result);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_interrupt")]
    public static partial void ConnectionInterrupt(Boxed* connection);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_set_query_timeout")]
    public static partial State ConnectionSetQueryTimeout(Boxed* connection, ulong milliseconds);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "connection_set_max_num_thread_for_exec")]
    public static partial State ConnectionSetMaxThreads(Boxed* connection, ulong threads);
}
