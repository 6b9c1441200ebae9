using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Tests.Generators.Emission;

/// <summary>What users say of a class and its properties holds for the completed ones.</summary>
public sealed class DeclarationTests
{
    private const string Key = "/// <summary>Key.</summary>\n[Key] public partial long Id { get; }";

    [Fact]
    public void Parts_and_properties_in_files_of_their_own()
    {
        var outcome = Sample.Run(
            "namespace Shop; internal static partial class Outer { [CrdtNode] internal sealed partial class Person; }",
            "namespace Shop { partial class Outer { partial class Person { [Key] public partial long Id { get; } } } }",
            "#nullable disable\nnamespace Shop; partial class Outer { sealed partial class Person { [Lww] public partial string Email { get; set; } } }",
            "namespace Shop; partial class Outer { internal partial class Person { [Lww] public partial string Mail { get; set; } public int Age => 3; } }",
            "namespace Shop; static partial class Outer;");
        outcome.RequireClean();
        var emitted = Assert.Single(outcome.Emitted).Value;
        Assert.All(
            ["public partial long Id", "public partial string? Email", "public partial string Mail"],
            property => Assert.Contains(property, emitted, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("partial class", "public")]
    [InlineData("partial class", "internal")]
    [InlineData("partial class", "private")]
    [InlineData("partial class", "protected")]
    [InlineData("partial class", "protected internal")]
    [InlineData("partial class", "private protected")]
    [InlineData("sealed partial class", "internal")]
    [InlineData("partial record", "public")]
    [InlineData("partial record", "private")]
    [InlineData("sealed partial record", "protected")]
    public void Nested_classes_of_every_accessibility(string kind, string access)
    {
        var source = $$"""
            /// <summary>Outer.</summary>
            public partial class Outer
            {
                /// <summary>Person.</summary>
                [CrdtNode] {{access}} {{kind}} Person { {{Key}} }
                /// <summary>Knows.</summary>
                [CrdtRel(typeof(Person), typeof(Person))] {{access}} {{kind}} Knows;
            }
            """;
        Sample.Run(source).RequireClean();
        var before = Sample.Compile(source).GetTypeByMetadataName("Outer+Person")!;
        var after = Sample.Complete(Sample.Compile(source)).GetTypeByMetadataName("Outer+Person")!;
        Assert.Equal((before.DeclaredAccessibility, before.IsSealed), (after.DeclaredAccessibility, after.IsSealed));
    }

    [Theory]
    [InlineData("public", "get; set;")]
    [InlineData("public", "get; init;")]
    [InlineData("public", "get; protected internal set;")]
    [InlineData("public", "private protected get; set;")]
    [InlineData("public", "get; internal init;")]
    [InlineData("public virtual", "get; protected set;")]
    [InlineData("protected internal", "get; private set;")]
    [InlineData("protected", "private get; set;")]
    [InlineData("private protected", "get; set;")]
    [InlineData("internal", "get; private set;")]
    [InlineData("private", "get; set;")]
    [InlineData("new public", "get; set;")]
    public void Properties_of_every_accessibility(string modifiers, string accessors)
    {
        var hides = modifiers.StartsWith("new", StringComparison.Ordinal);
        var source = $$"""
            /// <summary>Person.</summary>
            [CrdtNode]
            public partial class Person
            {
                {{Key}}
                /// <summary>Value.</summary>
                [Lww] {{modifiers}} partial int {{(hides ? "MemberwiseClone" : "Value")}} { {{accessors}} }
            }
            """;
        Sample.Run(source).RequireClean();
        var shape = Sample.Complete(Sample.Compile(source)).GetTypeByMetadataName("Person")!.GetMembers().OfType<IPropertySymbol>().Single(property => property.Name is "MemberwiseClone" or "Value");
        var implementation = Assert.IsType<IPropertySymbol>(shape.PartialImplementationPart, exactMatch: false);
        Assert.Equal(Shape(shape), Shape(implementation));
    }

    [Fact]
    public void Comments_on_properties_are_those_of_the_completed_class()
    {
        var compilation = Sample.Compile("""
            /// <summary>Someone.</summary>
            [CrdtNode]
            public partial record Person
            {
                /// <summary>The number.</summary>
                [Key] public partial long Id { get; }

                /// <summary>Where mail goes.</summary>
                /// <remarks>See <see cref="Id"/>.</remarks>
                [Lww] public partial string? Email { get; set; }

                /// <inheritdoc cref="Email"/>
                [OrSet] public partial ISet<string> Tags { get; }
            }
            """);
        var comments = new MemoryStream();
        Assert.True(Sample.Complete(compilation).WithAssemblyName("Documented").Emit(new MemoryStream(), xmlDocumentationStream: comments).Success);
        var text = System.Text.Encoding.UTF8.GetString(comments.ToArray());
        Assert.All(
            ["<summary>Someone.</summary>", "<summary>The number.</summary>", "<summary>Where mail goes.</summary>", "<see cref=\"P:Person.Id\"/>", "<inheritdoc cref=\"P:Person.Email\"/>"],
            comment => Assert.Contains(comment, text, StringComparison.Ordinal));
        Assert.DoesNotContain("<!--", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_on_properties_and_accessors_are_given_once() => Sample.Run($$"""
        /// <summary>Person.</summary>
        [CrdtNode]
        public partial class Person
        {
            {{Key}}
            /// <summary>Value.</summary>
            [Lww, System.ComponentModel.DefaultValue(3)] public partial int Value { [Obsolete] get; [System.Diagnostics.DebuggerHidden] set; }
        }
        """).RequireClean();

    [Fact]
    public void Every_keyword_is_a_name()
    {
        var keywords = SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds())
            .Select(SyntaxFacts.GetText).Where(SyntaxFacts.IsValidIdentifier).Except(["_"]).Distinct().ToArray();
        Assert.Contains("class", keywords);
        Assert.Contains("record", keywords);
        var nodes = keywords.Select((name, i) => $$"""
            namespace @{{name}}.Inner
            {
                internal partial class @{{name}}
                {
                    [CrdtNode(Name = "Node{{i}}")]
                    internal partial {{(i % 2 == 0 ? "class" : "record")}} Of
                    {
                        [Key] public partial long @{{name}} { get; }
                        [Lww(Resolve = "{{keywords[(i + 1) % keywords.Length]}}")] public partial string? @{{keywords[(i + 2) % keywords.Length]}} { get; set; }
                        private static string? @{{keywords[(i + 1) % keywords.Length]}}(IReadOnlyList<Sibling<string?>> all) => all[0].Value;
                    }

                    [CrdtNode(Name = "Inner{{i}}")]
                    internal partial class @{{keywords[(i + 1) % keywords.Length]}}
                    {
                        [Key] public partial string Id { get; }
                    }

                    [CrdtRel(typeof(Of), typeof(@{{keywords[(i + 1) % keywords.Length]}}), Name = "Rel{{i}}")]
                    internal partial class Leads;
                }
            }
            """);
        Sample.Run([.. nodes, "[CrdtSchema(\"x\")] internal partial class Every;"]).RequireClean();
    }

    [Fact]
    public void Names_around_a_class_that_differ_in_case_only()
    {
        var outcome = Sample.Run($$"""
            namespace Shop { [CrdtNode] internal partial class Item { {{Key}} } }
            namespace shop { [CrdtNode] internal partial class Item { {{Key}} } }
            namespace Shop { partial class Outer { [CrdtNode] internal partial class Inner { {{Key}} } } }
            namespace Shop { partial class OUTER { [CrdtNode] internal partial class Inner { {{Key}} } } }
            namespace Shop { partial class Part { [CrdtNode] internal partial class Inner { {{Key}} } } }
            namespace Shop.PART { [CrdtNode] internal partial class Inner { {{Key}} } }
            """);
        outcome.RequireClean();
        Assert.Equal(6, outcome.Emitted.Count);
    }

    private static (Accessibility, Accessibility?, Accessibility?, bool, bool?) Shape(IPropertySymbol property) => (
        property.DeclaredAccessibility, property.GetMethod?.DeclaredAccessibility, property.SetMethod?.DeclaredAccessibility,
        property.IsVirtual, property.SetMethod?.IsInitOnly);
}
