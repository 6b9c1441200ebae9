using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Crdt.Tests.Generators.Caching.Project;

namespace Crdt.Tests.Generators.Caching;

/// <summary>Edits of the project that change nothing that is emitted.</summary>
internal static class Edits
{
    private static readonly Dictionary<string, Func<CSharpCompilation, CSharpCompilation>> Known = new()
    {
        ["nothing"] = project => project.Clone(),
        ["a file is added"] = project => project.AddSyntaxTrees(Sample.Parse("internal sealed class Added;", 9)),
        ["a file is removed"] = project => project.RemoveSyntaxTrees(project.SyntaxTrees.Where(tree => tree.ToString() == More)),
        ["files are in another order"] = project => project.RemoveAllSyntaxTrees().AddSyntaxTrees(project.SyntaxTrees.OrderByDescending(tree => tree.ToString() is Other or More)),
        ["a file has another name"] = project => project.ReplaceSyntaxTree(project.SyntaxTrees[^1], project.SyntaxTrees[^1].WithFilePath("Renamed.cs")),
        ["a comment is added above"] = project => Rewrite(project, Node, "// Moves all that follows.\n" + Node),
        ["a comment is added below"] = project => Rewrite(project, Node, Node + "\n// The end."),
        ["a comment is removed above"] = project => Replace(project, Node, "// Above.\n", ""),
        ["a comment is removed below"] = project => Replace(project, Node, "\n// Below.", ""),
        ["a comment is added inside"] = project => Replace(project, Node, "[Lww", "/* mail */ [Lww"),
        ["a documentation comment is changed"] = project => Replace(project, Node, "A node.", "A person."),
        ["white space is changed"] = project => Rewrite(project, Node, Node.Replace("    ", "\t", StringComparison.Ordinal)),
        ["line ends are changed"] = project => Rewrite(project, Node, Node.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ["a using is added"] = project => Rewrite(project, Node, "using System.Text;\n" + Node),
        ["a using is added for all"] = project => project.AddSyntaxTrees(Sample.Parse("global using System.Text;", 9)),
        ["a directive is added"] = project => Rewrite(project, Node, "#pragma warning disable CS0169\n" + Node),
        ["a local is renamed"] = project => Rewrite(project, Node, Node.Replace("first", "oldest", StringComparison.Ordinal)),
        ["a method body is changed"] = project => Replace(project, Node, "return first.Value;", "return first.Value?.Trim();"),
        ["an attribute is added to the class"] = project => Replace(project, Node, "[CrdtNode]", "[CrdtNode, Serializable]"),
        ["an attribute is added to a property"] = project => Replace(project, Node, "[Lww", "[Obsolete, Lww"),
        ["an interface is added"] = project => Replace(project, Node, "class Person", "class Person : ICloneable"),
        ["a computed property is added"] = project => Replace(project, Node, "    private", "    internal int Age => 3;\n    private"),
        ["a property that does not merge is added"] = project => Replace(project, Node, "    private", "    internal int Age { get; set; }\n    private"),
        ["a method is added"] = project => Replace(project, Node, "    private", "    internal int Age() => 3;\n    private"),
        ["a part is added"] = project => project.AddSyntaxTrees(Sample.Parse("partial class Person { internal const int Three = 3; }", 9)),
        ["properties change places"] = project => Replace(
            Replace(project, Node, "    [OrSet] public partial ISet<string> Tags { get; }\n", ""),
            Node.Replace("    [OrSet] public partial ISet<string> Tags { get; }\n", "", StringComparison.Ordinal),
            "    [Lww",
            "    [OrSet] public partial ISet<string> Tags { get; }\n    [Lww"),
        ["another class has another body"] = project => Replace(project, Other, "a + b", "b + a"),
        ["another class has another member"] = project => Replace(project, Other, "public", "public int Last { get; set; }\n    public"),
        ["another class has another attribute"] = project => Replace(project, Other, "internal", "[Serializable] internal"),
        ["another class has another name"] = project => Replace(project, Other, "Other", "Another"),
        ["another class is unfinished"] = project => Replace(project, Other, "a + b;", "a +"),
        ["a reference is added"] = project => project.AddReferences(Sample.Library("public class Elsewhere;")),
    };

    public static TheoryData<string> Names => [.. Known.Keys];

    public static Func<CSharpCompilation, CSharpCompilation> Of(string name) => Known[name];
}
