using System.Text.RegularExpressions;
using Crdt.Tests.Architecture.Arrows;
using Crdt.Tests.Architecture.Sources;

namespace Crdt.Tests.Architecture;

/// <summary>The repository that these tests were built from, as text.</summary>
internal static partial class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>All projects of the product, its tests, samples and benchmarks.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. new[] { "src", "tests", "samples", "bench" }.SelectMany(folder => Files(folder, "*.csproj")).Select(ReadProject)];

    /// <summary>The projects of the product.</summary>
    public static IEnumerable<ProjectFile> ProductProjects => Projects.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>The paths of the projects that the solution lists.</summary>
    public static IEnumerable<string> SolutionProjects =>
        SolutionLine().Matches(Read("Crdt.sln")).Select(match => match.Groups[1].Value.Replace('\\', '/'));

    /// <summary>The C# files of one project of the product.</summary>
    public static IReadOnlyList<SourceFile> SourcesOf(ProjectFile project) => SourcesIn(Path.GetDirectoryName(project.Path)!);

    /// <summary>The C# files in a folder.</summary>
    public static IReadOnlyList<SourceFile> SourcesIn(string folder) => [.. Files(folder, "*.cs").Select(path => new SourceFile(path, Read(path)))];

    // What a folder's Directory.Build.props says holds for every project below it.
    private static ProjectFile ReadProject(string path)
    {
        var inherited = new List<string>();
        for (var folder = Path.GetDirectoryName(path)!; ; folder = Path.GetDirectoryName(folder)!)
        {
            foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets"])
            {
                var file = Path.Combine(folder, name);
                if (File.Exists(Path.Combine(Root, file))) inherited.Add(Read(file));
            }

            if (folder.Length == 0) break;
        }

        return ProjectFile.Parse(path, Read(path), inherited);
    }

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        var full = Path.Combine(Root, folder);
        if (!Directory.Exists(full)) return [];
        return Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Crdt.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Crdt.sln.");
    }

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "([^"]+\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex SolutionLine();
}
