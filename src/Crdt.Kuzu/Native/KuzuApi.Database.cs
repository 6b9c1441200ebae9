using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>The C API, area by area: databases and the version.</summary>
internal static unsafe partial class KuzuApi
{
    static KuzuApi() => NativeLibrary.SetDllImportResolver(typeof(KuzuApi).Assembly, LibraryResolver.Resolve);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "database_init")]
    public static partial State DatabaseInit(byte* path, SystemConfig config, Boxed* database);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "database_destroy")]
    public static partial void DatabaseDestroy(Boxed* database);

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "get_version")]
    public static partial byte* GetVersion();

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "get_storage_version")]
    public static partial ulong GetStorageVersion();

    [LibraryImport(Abi.Library, EntryPoint = Abi.Prefix + "destroy_string")]
    public static partial void DestroyString(byte* text);
}
