using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Crdt.Sqlite.Leases;

/// <summary>
/// What tells a file from a copy of it: a file keeps it when it or its folder is renamed, and no copy has the same.
/// </summary>
/// <param name="Identity">
/// A hash over the machine's id, the file's number and the moment it was created. Numbers are given again as soon as a file is deleted, but not in
/// the same moment; where the file system doesn't tell the moment, the device stands in for it.
/// </param>
/// <param name="Changed">When the file was last changed, renamed or restored, which nobody can set back; null where the system doesn't tell.</param>
/// <param name="IsUnique">Whether no later file can have this identity.</param>
internal readonly record struct FileMark(UInt128 Identity, DateTimeOffset? Changed, bool IsUnique)
{
    private const string MachineId = "/etc/machine-id";

    /// <summary>Looks at the file that has this path.</summary>
    public static FileMark Of(string path)
    {
        try
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid()) return OnLinux(path);
            if (OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsMacCatalyst()) return OnApple(path);
            if (OperatingSystem.IsWindows()) return OnWindows(path);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // An older C library; what every system knows has to do.
        }

        return ByPath(path);
    }

    private static unsafe FileMark OnLinux(string path)
    {
        const int mask = 0, number = 32, birth = 80, change = 96, device = 136;
        const uint tellsBirth = 0x800;
        var buffer = stackalloc byte[NativeFile.StatxSize];
        if (NativeFile.Statx(NativeFile.CurrentFolder, path, 0, NativeFile.Everything, buffer) != 0) return ByPath(path);
        var found = new ReadOnlySpan<byte>(buffer, NativeFile.StatxSize);
        var isUnique = (MemoryMarshal.Read<uint>(found[mask..]) & tellsBirth) != 0 && MemoryMarshal.Read<long>(found[birth..]) != 0;
        // A device's number may be another after each start of the machine, so it is only taken where there is nothing better.
        var origin = isUnique ? $"{MemoryMarshal.Read<long>(found[birth..])}.{MemoryMarshal.Read<uint>(found[(birth + 8)..])}" : $"{MemoryMarshal.Read<ulong>(found[device..])}";
        return Make($"{MemoryMarshal.Read<ulong>(found[number..])} {origin}", TimeAt(found[change..]), isUnique);
    }

    private static unsafe FileMark OnApple(string path)
    {
        const int number = 8, change = 64, birth = 80;
        var buffer = stackalloc byte[NativeFile.StatSize];
        var isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        if ((isArm ? NativeFile.StatOnArm(path, buffer) : NativeFile.StatOnIntel(path, buffer)) != 0) return ByPath(path);
        var found = new ReadOnlySpan<byte>(buffer, NativeFile.StatSize);
        // A clone keeps the moment of creation, but its number is its own and is never given again.
        return Make($"{MemoryMarshal.Read<ulong>(found[number..])} {MemoryMarshal.Read<long>(found[birth..])}", TimeAt(found[change..]), true);
    }

    private static unsafe FileMark OnWindows(string path)
    {
        const int volume = 28, number = 44;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = stackalloc byte[NativeFile.InformationSize];
        if (NativeFile.GetFileInformation(file, buffer) == 0) return ByPath(path);
        var found = new ReadOnlySpan<byte>(buffer, NativeFile.InformationSize);
        // NTFS counts how often it gives a number. The moment of creation says nothing: a file that replaces another inherits it.
        return Make($"{MemoryMarshal.Read<uint>(found[volume..])} {MemoryMarshal.Read<ulong>(found[number..])}", null, true);
    }

    // Where nothing else is known, whatever is moved counts as copied.
    private static FileMark ByPath(string path) => Make(Path.GetFullPath(path), null, false);

    private static FileMark Make(string text, DateTimeOffset? changed, bool isUnique)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Machine()} {text}")));
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), changed, isUnique);
    }

    private static DateTimeOffset TimeAt(ReadOnlySpan<byte> time) =>
        DateTimeOffset.UnixEpoch.AddSeconds(MemoryMarshal.Read<long>(time)).AddTicks(MemoryMarshal.Read<uint>(time[8..]) / 100);

    // Containers have none, and their names change each time: a volume that moves from one to the next keeps its identity.
    private static string Machine()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText(MachineId).Trim() : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
