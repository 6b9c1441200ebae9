using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Bench.Generator;

/// <summary>A project of many annotated classes, each in a file of its own, beside others that have nothing to do with them.</summary>
internal sealed class LargeProject(int classes)
{
    private const int ClassesToOneFileBeside = 2;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13);

    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "Crdt.Core.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The version of the language that it is written in.</summary>
    public static CSharpParseOptions LanguageOptions => ParseOptions;

    /// <summary>The project as it is opened: nothing of it has been looked at.</summary>
    public CSharpCompilation Open() => CSharpCompilation.Create("Large", Sources().Select(Parse), References, Options);

    /// <summary>The project after a key was pressed in a method of a class beside the annotated ones.</summary>
    public static CSharpCompilation EditMethod(CSharpCompilation project, int round) => Replace(project, "a + b", $"a + b + {round}");

    /// <summary>The project after a class beside the annotated ones got another member.</summary>
    public static CSharpCompilation AddMember(CSharpCompilation project, int round) =>
        Replace(project, "    [Obsolete]", $"    public int More{round};\n    [Obsolete]");

    // In one place only.
    private static CSharpCompilation Replace(CSharpCompilation project, string before, string after)
    {
        var text = Beside(0);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        var edited = string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length));
        return project.ReplaceSyntaxTree(project.SyntaxTrees[^1], Parse(edited, 0));
    }

    private static SyntaxTree Parse(string source, int number) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{number}.cs");

    private IEnumerable<string> Sources()
    {
        yield return "namespace Large; [Crdt.CrdtSchema(\"large\")] public partial class LargeSchema;";
        for (var i = 0; i < classes; i++) yield return i % 5 < 3 ? Node(i) : Relationship(i);
        for (var i = classes / ClassesToOneFileBeside; i >= 0; i--) yield return Beside(i);
    }

    private static string Node(int number) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Crdt;
        using Crdt.Types;

        namespace Large.Part{{number % 20}};

        /// <summary>Number {{number}}.</summary>
        [CrdtNode]
        public partial class Node{{number}}
        {
            /// <summary>The key.</summary>
            [Key] public partial long Id { get; }

            /// <summary>A text.</summary>
            [Lww] public partial string Name { get; set; }

            /// <summary>A text that can be absent.</summary>
            [Lww(Resolve = nameof(Longest))] public partial string? Email { get; set; }

            /// <summary>A date.</summary>
            [Lww] public partial DateOnly? Born { get; set; }

            /// <summary>A number.</summary>
            [Lww] public partial double Weight { get; set; }

            /// <summary>A count.</summary>
            [Counter] public partial long Stock { get; set; }

            /// <summary>Labels.</summary>
            [OrSet] public partial ISet<string> Tags { get; }

            private static string? Longest(IReadOnlyList<Sibling<string?>> siblings) => siblings.Select(sibling => sibling.Value).Max();
        }
        """;

    // Nodes are the first three of five, so both ends are there.
    private static string Relationship(int number) => $$"""
        using System;
        using Crdt;

        namespace Large.Links;

        /// <summary>Number {{number}}.</summary>
        [CrdtRel(typeof(Part{{(number - 3) % 20}}.Node{{number - 3}}), typeof(Part{{(number - number % 5) % 20}}.Node{{number - (number % 5)}}))]
        public partial class Link{{number}}
        {
            /// <summary>Since when.</summary>
            [Lww] public partial DateTimeOffset? Since { get; set; }

            /// <summary>A count.</summary>
            [Counter] public partial long Uses { get; set; }
        }
        """;

    private static string Beside(int number)
    {
        var text = new StringBuilder($"using System;\nnamespace Large.Beside;\n[Serializable]\npublic sealed class Other{number}\n{{\n");
        for (var i = 0; i < 20; i++) text.Append($"    [Obsolete] public int Sum{i}(int a, int b) => a + b;\n    public string Name{i} {{ get; set; }} = \"\";\n");
        return text.Append("}\n").ToString();
    }
}
