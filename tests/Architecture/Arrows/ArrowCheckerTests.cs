namespace Crdt.Tests.Architecture.Arrows;

public sealed class ArrowCheckerTests
{
    private static readonly Arrow[] Table =
    [
        new("Core", [], []),
        new("Sync", ["Core"], []),
        new("Hub", ["Core", "Sync"], ["Web.*", "Log"]),
    ];

    [Fact]
    public void Arrows_of_the_table_are_accepted() =>
        Assert.Empty(Check(Project("Core"), Project("Sync", "Core"), Project("Hub", "Sync").WithPackages("Web.Server", "Log")));

    [Fact]
    public void A_wrong_arrow_is_named() =>
        Assert.Equal(["Core ─► Sync: Core may not depend on it."], Check(Project("Core", "Sync"), Project("Sync")));

    [Fact]
    public void A_wrong_arrow_is_found_behind_others_with_its_path() =>
        Assert.Contains("Hub ─► Sync ─► Tools: Hub may not depend on it.", Check(Project("Hub", "Sync"), Project("Sync", "Tools")));

    [Fact]
    public void A_package_is_a_dependency() =>
        Assert.Equal(["Core ─► package Newtonsoft.Json: Core may not use it."], Check(Project("Core").WithPackages("Newtonsoft.Json")));

    [Fact]
    public void A_package_is_found_behind_a_project() =>
        Assert.Contains("Sync ─► Core ─► package Log: Sync may not use it.", Check(Project("Sync", "Core"), Project("Core").WithPackages("Log")));

    [Fact]
    public void A_pattern_ends_at_a_dot() =>
        Assert.Equal(["Hub ─► package Webs: Hub may not use it."], Check(Project("Hub").WithPackages("Webs")));

    [Fact]
    public void A_project_without_a_line_has_to_be_added() =>
        Assert.StartsWith("Extra is not in the table of arrows: add it to the table", Assert.Single(Check(Project("Extra"))), StringComparison.Ordinal);

    [Fact]
    public void A_project_outside_the_product_is_no_target() =>
        Assert.Equal(["Sync ─► Core: there is no such project in src."], Check(Project("Sync", "Core")));

    [Fact]
    public void A_circle_ends() =>
        Assert.Contains("Core ─► Sync: Core may not depend on it.", Check(Project("Core", "Sync"), Project("Sync", "Core")));

    [Fact]
    public void Only_the_generator_is_an_analyzer()
    {
        var text = Analyzer("../Crdt.Generators/Crdt.Generators.csproj") + Analyzer("../Sync/Sync.csproj");
        var core = ProjectFile.Parse("src/Core/Core.csproj", $"<Project><ItemGroup>{text}</ItemGroup></Project>");
        Assert.Equal(["Core ┄► Sync: only Crdt.Generators is an analyzer."], Check(core));
    }

    private static string Analyzer(string path) =>
        $"""<ProjectReference Include="{path}" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""";

    private static IReadOnlyList<string> Check(params ProjectFile[] projects) => new ArrowChecker(Table, projects).Check();

    private static ProjectFile Project(string name, params string[] references)
    {
        var items = references.Select(reference => $"""<ProjectReference Include="../{reference}/{reference}.csproj" />""");
        return ProjectFile.Parse($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{string.Concat(items)}</ItemGroup></Project>");
    }
}

file static class ProjectFileExtensions
{
    public static ProjectFile WithPackages(this ProjectFile project, params string[] packages) => project with { Packages = packages };
}
