using System.Text.RegularExpressions;

namespace Crdt.Tests.Packaging;

/// <summary>What a package's page says: it can be read without the repository, and its example runs in a new project.</summary>
public sealed partial class PackageReadmeTests(PackedPackages packed)
{
    [Theory]
    [InlineData("Crdt.Core")]
    [InlineData("Crdt.Testing")]
    public async Task It_is_about_the_package_and_has_no_link_into_the_repository(string package)
    {
        var text = await ReadAsync(package);
        Assert.StartsWith($"# {package}\n", text, StringComparison.Ordinal);
        Assert.Contains($"dotnet add package {package}\n", text, StringComparison.Ordinal);
        Assert.Empty(RelativeLink().Matches(text).Select(match => match.Value));
    }

    [Theory]
    [InlineData("[a](docs/types.md)", true)]
    [InlineData("[a](#part)", true)]
    [InlineData("[a]: ../LICENSE", true)]
    [InlineData("<img src=\"eng/icon.png\">", true)]
    [InlineData("[a](https://kuzudb.com) [b]", false)]
    [InlineData("[a]: https://kuzudb.com", false)]
    public void A_relative_link_is_known_by_its_form(string text, bool relative) => Assert.Equal(relative, RelativeLink().IsMatch(text));

    [Fact]
    public async Task A_new_project_runs_the_example_of_the_library()
    {
        var folder = packed.NewProject("readme", await ExampleAsync("Crdt.Core"), onlyFeed: true);
        Assert.Equal("-8 -8 True", (await Tool.DotnetAsync(folder, "run", "-c", "Release")).Trim());
    }

    [Fact]
    public async Task A_new_project_runs_the_example_of_the_laws()
    {
        const string Laws = """<PackageReference Include="Crdt.Testing" Version="*" />""";
        var folder = packed.NewProject("laws", await ExampleAsync("Crdt.Testing"), onlyFeed: false, items: Laws);
        Assert.Equal("They converge.", (await Tool.DotnetAsync(folder, "run", "-c", "Release")).Trim());
    }

    private async Task<string> ExampleAsync(string package) => Assert.Single(CodeBlock().Matches(await ReadAsync(package))).Groups[1].Value;

    private async Task<string> ReadAsync(string package)
    {
        using var archive = packed.Open(".nupkg", package);
        using var reader = new StreamReader(archive.GetEntry("README.md")!.Open());
        return (await reader.ReadToEndAsync()).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    // An inline link, a reference's target, or HTML, to anything but an address of its own.
    [GeneratedRegex("""(\]\(|^ *\[[^\]]+\]: *|(src|href)=")(?!https://)\S+""", RegexOptions.Multiline)]
    private static partial Regex RelativeLink();
}
