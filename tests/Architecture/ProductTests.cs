using Crdt.Tests.Architecture.Arrows;
using Crdt.Tests.Architecture.Sources;

namespace Crdt.Tests.Architecture;

/// <summary>The product itself, held against the rules of this project.</summary>
public sealed class ProductTests
{
    /// <summary>Projects that run single-threaded under WebAssembly, and under simulated time.</summary>
    private static readonly string[] Deterministic = ["Crdt.Core", "Crdt.Sync"];

    public static TheoryData<string> Projects => [.. Repository.ProductProjects.Select(project => project.Name)];

    [Fact]
    public void No_arrow_between_projects_points_the_wrong_way() => Report(new ArrowChecker(Arrow.Table, Repository.ProductProjects).Check());

    [Fact]
    public void The_solution_has_every_project()
    {
        var projects = Repository.Projects.Select(project => project.Path).ToHashSet();
        var listed = Repository.SolutionProjects.ToHashSet();
        Report([
            .. projects.Except(listed).Select(path => $"{path} is not in Crdt.sln: 'dotnet sln add' it."),
            .. listed.Except(projects).Select(path => $"Crdt.sln lists {path}, which is not there."),
        ]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_a_folder(string project) => Report(project, (file, owner) => Layout.CheckNamespace(file, owner.Path, owner.RootNamespace));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_holds_the_one_public_type_that_it_is_named_for(string project) => Report(project, (file, _) => Layout.CheckPublicTypes(file));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_is_short(string project) => Report(project, (file, _) => Layout.CheckLength(file));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_type_has_a_name_of_the_field(string project) => Report(project, (file, _) => Layout.CheckTypeNames(file));

    [Fact]
    public void Deterministic_projects_call_nothing_that_blocks_or_that_asks_the_machine()
    {
        var projects = Repository.ProductProjects.Where(project => Deterministic.Contains(project.Name)).ToList();
        Assert.Equal(Deterministic.Length, projects.Count);
        Report([.. projects.SelectMany(Repository.SourcesOf).SelectMany(BannedCalls.Check)]);
    }

    [Fact]
    public void Every_type_that_merges_has_a_law()
    {
        var types = LawCoverage.FieldTypes(Repository.SourcesIn("src/Crdt.Core/Types"));
        Assert.NotEmpty(types);
        Report(LawCoverage.Check(types, [.. Repository.SourcesIn("src/Crdt.Testing"), .. Repository.SourcesIn("tests/Properties")]));
    }

    private static void Report(string project, Func<SourceFile, ProjectFile, IEnumerable<string>> check)
    {
        var owner = Repository.ProductProjects.Single(candidate => candidate.Name == project);
        var sources = Repository.SourcesOf(owner);
        Assert.NotEmpty(sources);
        Report([.. sources.SelectMany(file => check(file, owner))]);
    }

    private static void Report(IReadOnlyList<string> violations) =>
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Prepend($"{violations.Count} violations:")));
}
