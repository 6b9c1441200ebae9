using Crdt.Generators.Parsing;
using Crdt.Schema;
using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Emission;

/// <summary>What is emitted compiles without a warning, in projects where every warning counts.</summary>
public sealed class EmissionTests
{
    private const string Key = "/// <summary>Key.</summary>\n[Key] public partial long Id { get; }";

    [Fact]
    public void Where_nullability_is_off_text_can_be_null()
    {
        var outcome = Sample.Run($$"""
            #nullable disable
            namespace Old
            {
                /// <summary>Old.</summary>
                [CrdtNode]
                public partial class Person
                {
                    {{Key}}
                    /// <summary>Email.</summary>
                    [Lww(Resolve = nameof(First))] public partial string Email { get; set; }
                    /// <summary>Tags.</summary>
                    [OrSet] public partial ISet<string> Tags { get; }
                    private static string First(IReadOnlyList<Sibling<string>> all) => all[0].Value;
                }
            }
            """);
        outcome.RequireClean();
        Assert.Contains("ValueKind.Text, true, \"Email\"", outcome.Emitted["Old.Person.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_class_where_there_is_no_schema() => Sample.Run($$"""
        internal static partial class Outer
        {
            [CrdtNode] private partial class Person { {{Key}} }
            [CrdtRel(typeof(Person), typeof(Person))] private partial class Knows;
        }
        """).RequireClean();

    [Fact]
    public void A_public_relationship_of_private_nodes() => Sample.Run($$"""
        /// <summary>Outer.</summary>
        public static partial class Outer
        {
            [CrdtNode] private partial class Person { {{Key}} }
            /// <summary>Knows.</summary>
            [CrdtRel(typeof(Person), typeof(Person))] public partial class Knows;
        }
        """).RequireClean();

    [Fact]
    public void Obsolete_classes_and_properties() => Sample.Run($$"""
        [Obsolete("old")] [CrdtNode] internal partial class Person { {{Key}} [Obsolete] [Lww] internal partial int Age { get; set; } }
        #pragma warning disable CS0618
        [CrdtRel(typeof(Person), typeof(Person))] internal partial class Knows;
        #pragma warning restore CS0618
        [CrdtSchema("x")] internal partial class X;
        """).RequireClean();

    [Fact]
    public void Parts_in_several_files() => Sample.Run(
        $"/// <summary>Person.</summary>\n[CrdtNode] public partial class Person {{ {Key} }}",
        "public partial class Person { [Lww] internal partial int Age { get; set; } }").RequireClean();

    [Fact]
    public void Names_that_differ_in_case_only()
    {
        var outcome = Sample.Run($$"""
            [CrdtNode] internal partial class Item { {{Key}} }
            [CrdtNode(Name = "other")] internal partial class ITEM { {{Key}} }
            """);
        outcome.RequireClean();
        Assert.Equal(2, outcome.Emitted.Count);
    }

    [Fact]
    public void A_node_of_another_project_is_an_end_and_in_the_schema()
    {
        var library = Sample.Library($"namespace Lib; [CrdtNode] public partial class Person {{ {Key} [Lww] public partial int State {{ get; set; }} }}");
        var outcome = Sample.Run(Sample.Compile("""
            [CrdtRel(typeof(Lib.Person), typeof(Lib.Person))] internal partial class Knows;
            [CrdtSchema("x")] internal partial class X;
            """).AddReferences(library));
        outcome.RequireClean();
        Assert.Contains("global::Lib.Person.EntityType,", outcome.Emitted["X.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_node_is_told_once()
    {
        var outcome = Sample.Run("""
            [CrdtNode] public partial class Person;
            [CrdtRel(typeof(Person), typeof(Person))] public partial class Knows;
            [CrdtSchema("x")] public partial class X;
            """);
        Assert.Equal("CRDT004", Assert.Single(outcome.Findings).Id);
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
    }

    [Fact]
    public void A_schema_of_nothing() => Sample.Run("[CrdtSchema(\"x\")] internal partial class X;").RequireClean();

    [Theory]
    [InlineData("")]
    [InlineData("Person")]
    [InlineData("名前🦊")]
    [InlineData("costarring")]
    [InlineData("liquid")]
    public void Names_have_the_number_that_the_library_gives_them(string name) => Assert.Equal(SchemaHash.Of(name), DataNumber.Of(name));

    [Theory]
    [InlineData("Id", "id")]
    [InlineData("ID", "id")]
    [InlineData("IBANCode", "ibanCode")]
    [InlineData("name", "name")]
    [InlineData("X", "x")]
    [InlineData("_Key", "_Key")]
    public void Properties_become_parameters(string property, string parameter) => Assert.Equal(parameter, Names.Camel(property));
}
