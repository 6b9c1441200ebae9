using System.Xml.Linq;

namespace Crdt.Tests.Packaging;

/// <summary>What the package holds, and that a new project which installs it is held to its schema.</summary>
public sealed class PackageTests(PackedPackages packed)
{
    [Fact]
    public void The_package_holds_library_generator_documentation_and_icon()
    {
        using var package = packed.Open(".nupkg");
        var entries = package.Entries.Select(entry => entry.FullName).ToArray();
        Assert.Superset(
            new HashSet<string>
            {
                "lib/net10.0/Crdt.Core.dll", "lib/net10.0/Crdt.Core.xml", "analyzers/dotnet/cs/Crdt.Generators.dll", "analyzers/dotnet/cs/Crdt.CodeFixes.dll",
                "build/Crdt.Core.targets", "README.md", "icon.png",
            },
            new HashSet<string>(entries));
        Assert.Single(entries, entry => entry.StartsWith("lib/", StringComparison.Ordinal) && entry.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_depends_on_nothing_and_says_where_it_comes_from()
    {
        using var package = packed.Open(".nupkg");
        using var stream = package.GetEntry("Crdt.Core.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal(("README.md", "icon.png"), (Value(metadata, "readme"), Value(metadata, "icon")));
        var commit = metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit")!.Value;
        Assert.Matches("^[0-9a-f]{40}$", commit);
    }

    [Fact]
    public void Symbols_are_a_package_of_their_own()
    {
        using var symbols = packed.Open(".snupkg");
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/Crdt.Core.pdb");
    }

    [Fact]
    public async Task A_new_project_writes_its_baseline_on_request_and_is_held_against_it()
    {
        const string Node = "using Crdt;\nConsole.WriteLine(Thing.EntityType.Name);\n[CrdtNode] public partial class Thing { [Key] public partial int Id { get; } [Lww] public partial long Size { get; set; } }\n";
        var folder = packed.NewProject("baseline", Node, onlyFeed: true);
        await Tool.DotnetAsync(folder, "build", "--tl:off", "-p:CrdtWriteSchema=true");
        Assert.Contains("\"Size\"", await File.ReadAllTextAsync(Path.Combine(folder, "crdt.schema.json")), StringComparison.Ordinal);
        await Tool.DotnetAsync(folder, "build", "--tl:off");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Node.Replace("[Lww]", "[Counter]", StringComparison.Ordinal));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Tool.DotnetAsync(folder, "build", "--tl:off"));
        Assert.Contains("CRDT04", error.Message, StringComparison.Ordinal);
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
}
