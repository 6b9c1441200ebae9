using System.Buffers.Binary;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>What can be said of a database file without the engine, whose open fails without giving a reason.</summary>
internal static class DatabaseFile
{
    private const int HeaderLength = 12;

    /// <summary>Refuses a path the engine can't open, and a file whose header it would not accept.</summary>
    /// <exception cref="KuzuException">The path is a folder, its folder is missing, or the header isn't this engine's.</exception>
    public static void Check(string path, bool readOnly)
    {
        if (Directory.Exists(path))
            throw new KuzuException($"'{path}' is a folder; a database is one file.", null, KuzuErrorReason.InvalidPath);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new KuzuException($"The folder of '{path}' does not exist.", null, KuzuErrorReason.InvalidPath);
        if (!File.Exists(path))
        {
            if (readOnly)
                throw new KuzuException($"'{path}' does not exist, and a read-only open creates none.", null, KuzuErrorReason.InvalidPath);
            return;
        }

        CheckHeader(path);
    }

    /// <summary>The likeliest reason why the engine refused the file.</summary>
    public static KuzuException Diagnose(string path, KuzuOptions options)
    {
        if (IsLocked(path, options.ReadOnly))
            return new KuzuException($"'{path}' is open in another process.", null, KuzuErrorReason.Locked);
        if (File.Exists(path) && new FileInfo(path).Length > 0)
            return new KuzuException(
                $"The engine can't read '{path}' or its write-ahead log: one of them is damaged, or not its own.", null, KuzuErrorReason.Corrupt);
        return new KuzuException(
            $"The engine refused to open '{path}' without a reason. Are its folder writable, the pool of {options.BufferPoolSize} bytes large "
            + $"enough, and the address space of {options.MaxDatabaseSize} bytes to be had?", null, KuzuErrorReason.Unknown);
    }

    private static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var length = ReadHeader(path, header);
        if (length == 0)
            return;
        if (length < HeaderLength || !header.StartsWith(Abi.FileMagic))
            throw new KuzuException($"'{path}' is not a Kuzu database.", null, KuzuErrorReason.Corrupt);
        var version = BinaryPrimitives.ReadUInt64LittleEndian(header[Abi.FileMagic.Length..]);
        var own = KuzuApi.GetStorageVersion();
        if (version != own)
            throw new KuzuException(
                $"'{path}' has storage version {version}, and the engine reads version {own} only.", null, KuzuErrorReason.StorageVersion);
    }

    private static int ReadHeader(string path, Span<byte> header)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KuzuException($"'{path}' may not be read: {e.Message}", null, KuzuErrorReason.InvalidPath);
        }
        catch (IOException e)
        {
            var reason = IsLocked(path, readOnly: true) ? KuzuErrorReason.Locked : KuzuErrorReason.Unknown;
            throw new KuzuException($"'{path}' can't be read: {e.Message}", null, reason);
        }
    }

    /// <summary>
    /// Whether another process holds the engine's lock. Asking takes and drops the same lock, which would drop one that this process
    /// holds on the file: so ask only while this process has claimed the file and not opened it.
    /// </summary>
    public static bool IsLocked(string path, bool readOnly)
    {
        if (!File.Exists(path) || OperatingSystem.IsMacOS())
            return false;
        try
        {
            var access = readOnly ? FileAccess.Read : FileAccess.ReadWrite;
            using var file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Lock(0, 0);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
