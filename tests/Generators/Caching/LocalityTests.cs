using Crdt.Generators;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using static Crdt.Tests.Generators.Caching.Project;

namespace Crdt.Tests.Generators.Caching;

/// <summary>An edit that matters changes what depends on it, and nothing else.</summary>
public sealed class LocalityTests
{
    [Fact]
    public void A_changed_property_changes_its_class_only()
    {
        var runs = new TwoRuns(Valid(), project => Replace(project, Node, "Email", "Mail"));
        RequireChanged(runs, "Person.g.cs");
        Assert.Contains(IncrementalStepRunReason.Modified, runs.Reasons(Steps.NodeModels));
        runs.RequireCached([Steps.RelationshipModels, Steps.SchemaModels, Steps.Listed, Steps.Graphs]);
    }

    [Fact]
    public void A_changed_relationship_changes_itself_only() =>
        RequireChanged(new TwoRuns(Valid(), project => Replace(project, Rest, "Since", "From")), "LivesIn.g.cs");

    [Fact]
    public void A_field_of_a_record_changes_what_a_copy_takes_over() =>
        RequireChanged(new TwoRuns(Valid(), project => Replace(project, Rest, "Note", "Remark")), "Place.g.cs");

    [Fact]
    public void A_changed_lane_changes_its_class_only() =>
        RequireChanged(new TwoRuns(Valid(), project => Replace(project, Node, "[CrdtNode]", "[CrdtNode(Lane = \"fast\")]")), "Person.g.cs");

    [Fact]
    public void A_changed_schema_changes_itself_only() =>
        RequireChanged(new TwoRuns(Valid(), project => Replace(project, Rest, "\"shop\"", "\"shop\", Version = 2")), "ShopSchema.g.cs");

    [Fact]
    public void A_new_class_is_emitted_and_listed()
    {
        var runs = new TwoRuns(Valid(), project => project.AddSyntaxTrees(Sample.Parse("[CrdtNode] public partial class Shop { [Key] public partial int Id { get; } }", 9)));
        RequireChanged(runs, "Shop.g.cs", "ShopSchema.g.cs");
        runs.RequireCached([Steps.RelationshipModels, Steps.SchemaModels]);
    }

    [Fact]
    public void A_class_whose_mark_is_removed_is_gone_from_the_schema()
    {
        var runs = new TwoRuns(Sample.Compile(Node, Rest, "[CrdtNode] public partial class Shop { [Key] public partial int Id { get; } }"), project =>
            Rewrite(project, "[CrdtNode] public partial class Shop { [Key] public partial int Id { get; } }", "public class Shop { public int Id { get; } }"));
        Assert.Equal(["Shop.g.cs"], runs.Before.Keys.Except(runs.After.Keys));
        Assert.DoesNotContain("Shop.EntityType", runs.After["ShopSchema.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_result_changes_itself_only()
    {
        var runs = new TwoRuns(Valid(), project => Replace(project, Rest, "string? Guide", "int? Guide"));
        RequireChanged(runs, "PlaceRow.g.cs");
        Assert.Contains(IncrementalStepRunReason.Modified, runs.Reasons(Steps.ResultModels));
        runs.RequireCached([Steps.NodeModels, Steps.RelationshipModels, Steps.SchemaModels, Steps.Listed, Steps.Graphs]);
    }

    // Its row can be read into a member only as long as it is marked.
    [Fact]
    public void A_mark_of_another_class_counts()
    {
        const string Street = "[QueryResult] public partial class Street { public string Name { get; set; } = null!; }";
        var runs = new TwoRuns(Sample.Compile("[QueryResult] public partial record Row(Street Street);", Street), project => Rewrite(project, Street, Street.Replace("[QueryResult] ", "", StringComparison.Ordinal)));
        Assert.Equal("CRDT051", Assert.Single(runs.Findings).Id);
    }

    // The compilation that a step has looked at may be older than the edit, where it says the same.
    [Theory]
    [InlineData("internal class Names { public const string Of = \"Old\"; }", "\"Old\"", "\"New\"")]
    [InlineData("internal static class Names { internal class Inner { public const string Of = \"Old\"; } public const string Of = Inner.Of; }", "\"Old\"", "\"New\"")]
    [InlineData("internal struct Names { public const string Of = Part; private const string Part = \"Old\"; }", "\"Old\"", "\"New\"")]
    public void A_constant_elsewhere_counts(string names, string before, string after)
    {
        const string Named = "[CrdtNode(Name = Names.Of)] public partial class Named { [Key] public partial int Id { get; } }";
        var runs = new TwoRuns(Sample.Compile(Named, names), project => Replace(project, names, before, after));
        Assert.Contains("\"Old\"", runs.Before["Named.g.cs"], StringComparison.Ordinal);
        Assert.Contains("\"New\"", runs.After["Named.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal class Holder;", "internal class Holder { public class DateOnly; }", false)]
    [InlineData("internal class Holder;", "internal class Holder; internal class DateOnly;", true)]
    [InlineData("internal class Holder { public class DateOnly; }", "global using DateOnly = Holder.DateOnly; internal class Holder { public class DateOnly; }", true)]
    [InlineData("internal class Holder;", "namespace DateOnly { internal class Holder; }", true)]
    public void A_name_elsewhere_counts_where_it_means_something_else(string before, string after, bool counts)
    {
        var runs = new TwoRuns(Sample.Compile(Node, Rest, before), project => Rewrite(project, before, after));
        Assert.Equal(counts, !runs.After.TryGetValue("LivesIn.g.cs", out var source) || source != runs.Before["LivesIn.g.cs"]);
    }

    [Theory]
    [InlineData("[CrdtNode] public class Wrong { [Key] public partial int Id { get; } }")]
    [InlineData("partial class Person { public void Merge(int x) { } }")]
    [InlineData("partial class Person { [Lww] public partial Uri Home { get; set; } }")]
    [InlineData("public class Stray { [Lww] public int Value { get; set; } }")]
    [InlineData("[QueryResult] public partial record Row(Uri Home);")]
    [InlineData("public class Outer { [CrdtNode] public partial class Inner { [Key] public partial int Id { get; } } }")]
    public void A_mistake_is_told_at_the_line_where_it_is_now(string mistake)
    {
        const string Person = "[CrdtNode] public partial class Person { [Key] public partial long Id { get; } }";
        var runs = new TwoRuns(Sample.Compile(Person, mistake), project => Rewrite(project, mistake, "// One.\n// Two.\n" + mistake));
        Assert.Equal(2, Assert.Single(runs.Findings).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_difference_from_the_baseline_is_told_at_the_line_where_it_is_now()
    {
        var baseline = Sample.Baseline(Sample.Compile(Node.Replace("ISet<string>", "ISet<int>", StringComparison.Ordinal), Rest));
        var edited = "// Moves all that follows.\n" + Node;
        var runs = new TwoRuns(Sample.Compile(Node, Rest), project => Rewrite(project, Node, edited), new(baseline));
        runs.RequireCached([Steps.Differences]);
        var line = Assert.Single(runs.Findings).Location.GetLineSpan().StartLinePosition.Line;
        Assert.Contains("ISet<string>", edited.Split('\n')[line], StringComparison.Ordinal);
    }

    private static void RequireChanged(TwoRuns runs, params string[] files)
    {
        Assert.Equal(files, runs.After.Where(pair => runs.Before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Empty(runs.Before.Keys.Except(runs.After.Keys));
        Assert.Equal(files.Length, runs.Outputs.Count(reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New));
        Assert.Equal(runs.After.Count - files.Length, runs.Outputs.Count(reason => reason is IncrementalStepRunReason.Cached));
    }
}
