namespace Crdt.Kuzu.Native;

/// <summary>
/// This process's claim to a database file. The engine's own lock holds off other processes only: a second database object on the same
/// file in the same process would see its own rows only, and closing it would drop the first one's lock.
/// </summary>
internal sealed class OpenFile : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Claimed = new(
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _path;

    private OpenFile(string path) => _path = path;

    /// <summary>Claims the file, or returns null where this process already holds it. A link counts as the file it leads to.</summary>
    public static OpenFile? TryClaim(string fullPath)
    {
        var path = Resolve(fullPath);
        lock (Gate)
            return Claimed.Add(path) ? new OpenFile(path) : null;
    }

    public void Dispose()
    {
        lock (Gate)
            Claimed.Remove(_path);
    }

    /// <summary>Follows the links of the file and of each folder above it, so that one file has one name.</summary>
    private static string Resolve(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            path = target.FullName;
        return Path.GetDirectoryName(path) is { } folder ? Path.Join(ResolveFolder(folder), Path.GetFileName(path)) : path;
    }

    private static string ResolveFolder(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            return ResolveFolder(target.FullName);
        return folder.Parent is { } parent ? Path.Join(ResolveFolder(parent.FullName), folder.Name) : path;
    }
}
