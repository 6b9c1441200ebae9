using Crdt.Generators;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;

namespace Crdt.Tests.Generators.Caching;

/// <summary>In a large project an edit elsewhere costs nothing that grows with it but a look at each class; 'bench generator' has the times.</summary>
public sealed class ScaleTests
{
    private const int Classes = 500;
    private const string Beside = "internal class Beside { public int Sum(int a, int b) => a + b; }";

    [Theory]
    [InlineData("a + b", "b + a", false)]
    [InlineData("public", "public int Last { get; set; } public", false)]
    [InlineData("internal", "// Changed.\ninternal", false)]
    [InlineData("internal", "[Serializable] internal", true)]
    public void Nothing_is_emitted_again_for_500_classes(string before, string after, bool areReadAgain)
    {
        var files = Enumerable.Range(0, Classes).Select(i => i % 5 < 3 ? Node(i) : Relationship(i));
        var large = Sample.Compile([.. files, "[CrdtSchema(\"large\")] public partial class LargeSchema;", Beside]);
        var runs = new TwoRuns(large, project => Project.Replace(project, Beside, before, after));
        Assert.Equal(Classes + 1, runs.After.Count);
        Assert.Empty(runs.Findings);
        runs.RequireNoOutput();
        runs.RequireCached([Steps.Nodes, Steps.NodeModels, Steps.Relationships, Steps.RelationshipModels, Steps.Schemas, Steps.Listed, Steps.Graphs]);
        var reason = areReadAgain ? IncrementalStepRunReason.Unchanged : IncrementalStepRunReason.Cached;
        Assert.All(runs.Reasons(Steps.Nodes).Concat(runs.Reasons(Steps.Relationships)), each => Assert.Equal(reason, each));
    }

    private static string Node(int number) => $$"""
        [CrdtNode]
        public partial class Node{{number}}
        {
            [Key] public partial long Id { get; }
            [Lww] public partial string? Name { get; set; }
            [Counter] public partial long Stock { get; set; }
            [OrSet] public partial ISet<int> Codes { get; }
        }
        """;

    private static string Relationship(int number) => $$"""
        [CrdtRel(typeof(Node{{number - (number % 5)}}), typeof(Node{{number - 3}}))]
        public partial class Link{{number}}
        {
            [Lww] public partial DateOnly? Since { get; set; }
        }
        """;
}
