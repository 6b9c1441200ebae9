using Crdt.Generators;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Tests.Generators.Caching;

/// <summary>An edit that changes nothing that is emitted ends at the first step.</summary>
public sealed class CachingTests
{
    private const string Node = """
        /// <summary>A node.</summary>
        [CrdtNode]
        public partial class Person
        {
            [Key] public partial long Id { get; }
            [Lww(Resolve = nameof(First))] public partial string? Email { get; set; }
            [OrSet] public partial ISet<string> Tags { get; }
            [Lww] public partial Address? Home { get; set; }

            private static string? First(IReadOnlyList<Sibling<string?>> siblings) => siblings[0].Value;
        }
        """;

    private const string Rest = """
        public sealed record Address(string Street, int? Number);

        [CrdtRel(typeof(Person), typeof(Person))]
        public partial class Knows
        {
            [Lww] public partial DateOnly? Since { get; set; }
        }

        [CrdtSchema("shop")]
        public partial class ShopSchema;
        """;

    private const string Other = "internal static class Other { public static int Sum(int a, int b) => a + b; }";

    private const string Mistakes = """
        [CrdtNode] public class NotPartial { [Key] public int Id { get; } }
        [CrdtRel(typeof(string), typeof(string))] public partial class NoEnds;
        [CrdtSchema("")] public partial class NoName;
        [CrdtSchema("twice")] public partial class Twice;
        [CrdtSchema("twice")] public partial class Again;
        public class Stray { [Lww] public int Value { get; set; } }
        """;

    private static readonly string[] OfMistakes =
        [Steps.NodeFindings, Steps.RelationshipFindings, Steps.SchemaFindings, Steps.Clashes, Steps.Strays];

    [Fact]
    public void A_new_file() => RequireCached(compilation => compilation.AddSyntaxTrees(Sample.Parse("internal sealed class Added;", 9)));

    [Fact]
    public void A_comment_above_an_annotated_class() => RequireCached(compilation => Edit(compilation, Node, "// Moves all that follows.\n" + Node));

    [Fact]
    public void A_documentation_comment() => RequireCached(compilation => Edit(compilation, Node, Node.Replace("A node.", "A person.", StringComparison.Ordinal)));

    [Fact]
    public void A_method_body_in_another_class() => RequireCached(compilation => Edit(compilation, Other, Other.Replace("a + b", "b + a", StringComparison.Ordinal)));

    [Fact]
    public void A_method_body_in_an_annotated_class() =>
        RequireCached(compilation => Edit(compilation, Node, Node.Replace("siblings[0].Value", "siblings[0].Value?.Trim()", StringComparison.Ordinal)));

    [Fact]
    public void A_member_that_is_not_annotated() =>
        RequireCached(compilation => Edit(compilation, Node, Node.Replace("    private", "    internal int Age => 3;\n    private", StringComparison.Ordinal)));

    [Fact]
    public void A_blank_line_and_another_order_of_files() => RequireCached(compilation =>
    {
        var edited = Edit(compilation, Rest, "\n" + Rest);
        return edited.RemoveAllSyntaxTrees().AddSyntaxTrees(edited.SyntaxTrees.Where(tree => tree.ToString() != Other).Append(Sample.Parse(Other, 7)));
    });

    [Fact]
    public void A_new_file_beside_mistakes()
    {
        var result = RunTwice(Sample.Compile(Mistakes), compilation => compilation.AddSyntaxTrees(Sample.Parse("internal sealed class Added;", 9)));
        foreach (var step in OfMistakes) RequireCached(result, step);
        Assert.Equal(5, result.Diagnostics.Length);
    }

    [Fact]
    public void An_edit_that_matters_is_seen()
    {
        var result = RunTwice(Valid(), compilation => Edit(compilation, Node, Node.Replace("Email", "Mail", StringComparison.Ordinal)));
        Assert.Contains(Reasons(result, Steps.NodeModels), reason => reason == IncrementalStepRunReason.Modified);
        Assert.All(Reasons(result, Steps.RelationshipModels), reason => Assert.True(IsCached(reason)));
        Assert.All(Reasons(result, Steps.Graphs), reason => Assert.True(IsCached(reason)));
    }

    [Fact]
    public void Every_step_is_looked_at()
    {
        var seen = RunTwice(Valid(), compilation => compilation).TrackedSteps.Keys.Concat(OfMistakes);
        Assert.Empty(Steps.All.Except(seen));
    }

    private static CSharpCompilation Valid() => Sample.Compile(Node, Rest, Other);

    private static void RequireCached(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var result = RunTwice(Valid(), edit);
        Assert.Equal(4, result.GeneratedSources.Length);
        foreach (var step in Steps.All.Except(OfMistakes)) RequireCached(result, step);
        var outputs = result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static void RequireCached(GeneratorRunResult result, string step)
    {
        var reasons = Reasons(result, step);
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(IsCached(reason), $"{step} is {reason}"));
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static bool IsCached(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static GeneratorRunResult RunTwice(CSharpCompilation before, Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var driver = Sample.Driver().RunGenerators(before);
        return Assert.Single(driver.RunGenerators(edit(before)).GetRunResult().Results);
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, string before, string after)
    {
        Assert.NotEqual(before, after);
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString() == before);
        return compilation.ReplaceSyntaxTree(tree, Sample.Parse(after));
    }
}
