using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Crdt.Sqlite.Leases;

/// <summary>
/// The calls of operating systems that tell which file a file is. By path where they allow it: closing any other handle of a
/// database file lets go of the locks that SQLite holds on it in this process.
/// </summary>
internal static unsafe partial class NativeFile
{
    public const int StatxSize = 256, StatSize = 144, InformationSize = 52;

    /// <summary>Relative paths begin in the current folder.</summary>
    public const int CurrentFolder = -100;

    /// <summary>The basic statistics and the time of birth.</summary>
    public const uint Everything = 0xFFF;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libSystem", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatOnArm(string path, byte* buffer);

    [LibraryImport("libSystem", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatOnIntel(string path, byte* buffer);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    public static partial int GetFileInformation(SafeFileHandle file, byte* buffer);
}
