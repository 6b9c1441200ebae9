namespace Crdt.Samples.SocialNetwork;

/// <summary>Finds the folder that the repository is checked out in.</summary>
internal static class RepositoryRoot
{
    /// <summary>A path in the repository, which is looked for upward of the program and of the current folder; else one in the current folder.</summary>
    public static string Resolve(string path)
    {
        var root = Upward(AppContext.BaseDirectory).Concat(Upward(Environment.CurrentDirectory)).FirstOrDefault(IsRoot);
        return Path.Combine(root ?? Environment.CurrentDirectory, path);
    }

    private static bool IsRoot(string folder) => File.Exists(Path.Combine(folder, "Directory.Packages.props"));

    private static IEnumerable<string> Upward(string folder)
    {
        for (DirectoryInfo? current = new(folder); current is not null; current = current.Parent) yield return current.FullName;
    }
}
