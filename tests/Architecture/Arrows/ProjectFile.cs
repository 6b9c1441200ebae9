using System.Xml.Linq;

namespace Crdt.Tests.Architecture.Arrows;

/// <summary>What a project file says of the project's dependencies.</summary>
/// <param name="Path">Where it is in the repository.</param>
/// <param name="RootNamespace">The namespace of its own folder.</param>
/// <param name="Projects">The names of the projects whose code it uses.</param>
/// <param name="Analyzers">The names of the projects that only its compiler uses.</param>
/// <param name="Packages">The packages and shared frameworks that it uses.</param>
internal sealed record ProjectFile(
    string Path, string RootNamespace, IReadOnlyList<string> Projects, IReadOnlyList<string> Analyzers, IReadOnlyList<string> Packages)
{
    public string Name { get; } = NameOf(Path);

    /// <summary>Reads a project file; <paramref name="inherited"/> are the files that MSBuild adds to it from the folders above.</summary>
    public static ProjectFile Parse(string path, string text, params IReadOnlyList<string> inherited)
    {
        XElement[] documents = [.. inherited.Append(text).Select(XElement.Parse)];
        ILookup<bool, string> projects = Items(documents, "ProjectReference").ToLookup(IsAnalyzer, item => NameOf(Include(item)));
        string[] packages = [.. Items(documents, "PackageReference").Concat(Items(documents, "FrameworkReference")).Select(Include)];
        var root = documents[^1].Descendants().LastOrDefault(element => element.Name.LocalName == "RootNamespace")?.Value ?? NameOf(path);
        return new(path, root, [.. projects[false]], [.. projects[true]], packages);
    }

    private static IEnumerable<XElement> Items(XElement[] documents, string kind) =>
        documents.SelectMany(document => document.Descendants()).Where(element => element.Name.LocalName == kind && element.Attribute("Include") is not null);

    private static string Include(XElement item) => item.Attribute("Include")!.Value.Trim();

    private static bool IsAnalyzer(XElement item) =>
        Metadata(item, "OutputItemType") == "Analyzer" && Metadata(item, "ReferenceOutputAssembly") == "false";

    private static string? Metadata(XElement item, string name) =>
        item.Attribute(name)?.Value ?? item.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
