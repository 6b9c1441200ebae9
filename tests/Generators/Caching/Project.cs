using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Tests.Generators.Caching;

/// <summary>A project whose files are edited: each constant is one.</summary>
internal static class Project
{
    public const string Node = """
        // Above.
        /// <summary>A node.</summary>
        [CrdtNode]
        public partial class Person
        {
            [Key] public partial long Id { get; }
            [Lww(Resolve = nameof(First))] public partial string? Email { get; set; }
            [OrSet] public partial ISet<string> Tags { get; }
            [Lww] public partial Address? Home { get; set; }

            private static string? First(IReadOnlyList<Sibling<string?>> siblings)
            {
                var first = siblings[0];
                return first.Value;
            }
        }
        // Below.
        """;

    public const string Rest = """
        public sealed record Address(string Street, int? Number);

        [CrdtNode]
        public partial record Place
        {
            [Key] public partial string Name { get; }
            [Counter] public partial long Visits { get; set; }
            public string Note { get; init; } = "";
        }

        [CrdtRel(typeof(Person), typeof(Place))]
        public partial class LivesIn
        {
            [Lww] public partial DateOnly? Since { get; set; }
        }

        [CrdtSchema("shop")]
        public partial class ShopSchema;

        [QueryResult]
        public partial record PlaceRow(string Name, [Column("p.Visits")] long Visits, IReadOnlyList<AddressRow?> Former)
        {
            public string? Guide { get; init; }
        }

        [QueryResult]
        public partial record struct AddressRow(string Street, int? Number);
        """;

    public const string Other = """
        internal class Other
        {
            public static int Sum(int a, int b) => a + b;
        }
        """;

    public const string More = "internal sealed class More;";

    // One of each mistake that a step of its own reports.
    private const string Mistakes = """
        [CrdtNode] public class NotPartial { [Key] public int Id { get; } }
        [CrdtRel(typeof(string), typeof(string))] public partial class NoEnds;
        [CrdtSchema("")] public partial class NoName;
        [CrdtSchema("twice")] public partial class Twice;
        [CrdtSchema("twice")] public partial class Again;
        [QueryResult] public partial record Row(Uri Home);
        public class Stray { [Lww] public int Value { get; set; } }
        """;

    // The compiler counts files that have attributes, or are annotated: what comes behind one that is new to these is handed
    // over again. So the files that edits do that to are the last.
    public static CSharpCompilation Valid() => Sample.Compile(Node, Rest, Other, More);

    public static CSharpCompilation WithMistakes() => Sample.Compile(Node, Rest, Mistakes, Other, More);

    /// <summary>Writes <paramref name="after"/> for the first <paramref name="before"/> in a file.</summary>
    public static CSharpCompilation Replace(CSharpCompilation project, string file, string before, string after)
    {
        var at = file.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{before}' is not in the file");
        return Rewrite(project, file, string.Concat(file.AsSpan(0, at), after, file.AsSpan(at + before.Length)));
    }

    public static CSharpCompilation Rewrite(CSharpCompilation project, string file, string text)
    {
        Assert.NotEqual(file, text);
        var tree = project.SyntaxTrees.Single(tree => tree.ToString() == file);
        return project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
    }
}
