using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// One open database file. It may be used from any thread. Connections, statements and results keep it open beyond its disposal until
/// they are disposed too.
/// </summary>
public sealed unsafe class KuzuDatabase : IDisposable
{
    private const string InMemory = ":memory:";

    private readonly DatabaseHandle _handle;

    private KuzuDatabase(string path, DatabaseHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    /// <summary>The full path of the file, or <c>:memory:</c>.</summary>
    public string Path { get; }

    /// <summary>The release of the engine, <c>0.11.3</c> for example.</summary>
    /// <exception cref="DllNotFoundException">The engine's library was not found.</exception>
    public static string EngineVersion => NativeText.Take(KuzuApi.GetVersion()) ?? "";

    /// <summary>Opens a database file, and creates it where there is none and <see cref="KuzuOptions.ReadOnly"/> is off.</summary>
    /// <param name="path">The file, in a folder that exists; <c>:memory:</c> for a database that is gone when it is closed.</param>
    /// <param name="options">How to open it; null for the defaults.</param>
    /// <exception cref="KuzuException">
    /// The file is open elsewhere (<see cref="KuzuErrorReason.Locked"/>, in this process too), damaged
    /// (<see cref="KuzuErrorReason.Corrupt"/>)
    /// or of another version (<see cref="KuzuErrorReason.StorageVersion"/>), or the path is wrong
    /// (<see cref="KuzuErrorReason.InvalidPath"/>).
    /// The write-ahead log has no checksums: damage in it can look like its end, so compare the rows with the truth. Damage that the
    /// engine does not notice when it reads a page can end the process, then or at a later statement, and can't be caught.
    /// </exception>
    /// <exception cref="ArgumentException">The path is empty or holds U+0000, or an option is out of its range.</exception>
    /// <exception cref="DllNotFoundException">The engine's library was not found; the message says what to do.</exception>
    public static KuzuDatabase Open(string path, KuzuOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new KuzuOptions();
        options.Validate();
        if (path == InMemory)
            return new KuzuDatabase(path, OpenNative(path, options, file: null));

        var full = System.IO.Path.GetFullPath(path);
        var file = OpenFile.TryClaim(full)
            ?? throw new KuzuException($"'{full}' is already open in this process.", null, KuzuErrorReason.Locked);
        try
        {
            DatabaseFile.Check(full, options.ReadOnly);
            return new KuzuDatabase(full, OpenNative(full, options, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection. Several may read at a time; one may write.</summary>
    /// <exception cref="ObjectDisposedException">The database was disposed.</exception>
    /// <exception cref="KuzuException">The engine gave none.</exception>
    public KuzuConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        using var lease = _handle.Use();
        var database = lease.Boxed;
        Boxed connection = default;
        if (KuzuApi.ConnectionInit(&database, &connection) != State.Success)
            throw new KuzuException("The engine gave no connection.", null, KuzuErrorReason.Unknown);
        return new KuzuConnection(new ConnectionHandle(connection.Pointer, _handle));
    }

    /// <summary>Closes the file, as soon as its connections, statements and results are disposed; a write-ahead log is then folded into
    /// it.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Whether nobody in this process has the file open.</summary>
    internal static bool IsFree(string path)
    {
        using var claim = OpenFile.TryClaim(System.IO.Path.GetFullPath(path));
        return claim is not null;
    }

    /// <summary>Demands that nobody has the file open, in this process or another, before it is read or moved without the engine.</summary>
    /// <exception cref="KuzuException">Somebody has (<see cref="KuzuErrorReason.Locked"/>).</exception>
    internal static void RequireFree(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        using var claim = OpenFile.TryClaim(full) ?? throw new KuzuException($"'{full}' is already open in this process.", null, KuzuErrorReason.Locked);
        if (DatabaseFile.IsLocked(full, readOnly: false)) throw new KuzuException($"'{full}' is open in another process.", null, KuzuErrorReason.Locked);
    }

    private static DatabaseHandle OpenNative(string path, KuzuOptions options, OpenFile? file)
    {
        using var text = new NativeText(path, stackalloc byte[NativeText.StackSize], nameof(path));
        Boxed database = default;
        State state;
        fixed (byte* native = text)
            state = KuzuApi.DatabaseInit(native, Configuration(options), &database);
        if (state == State.Success)
            return new DatabaseHandle(database.Pointer, file);
        throw DatabaseFile.Diagnose(path, options);
    }

    private static SystemConfig Configuration(KuzuOptions options) => new()
    {
        BufferPoolSize = options.BufferPoolSize,
        MaxThreads = (ulong)options.MaxThreads,
        Compression = options.Compression ? (byte)1 : (byte)0,
        ReadOnly = options.ReadOnly ? (byte)1 : (byte)0,
        MaxDatabaseSize = options.MaxDatabaseSize,
        AutoCheckpoint = options.AutoCheckpoint ? (byte)1 : (byte)0,
        CheckpointThreshold = options.CheckpointThreshold,
    };
}
