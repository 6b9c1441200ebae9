using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Rules;

/// <summary>The forms that a mistake can take beyond the example on its page.</summary>
public sealed class VariantTests
{
    private const string Key = "[Key] public partial long Id { get; }";

    [Theory]
    [InlineData("[CrdtNode] public partial struct Person { " + Key + " }", "is not a class")]
    [InlineData("[CrdtNode] public partial record struct Person { " + Key + " }", "is a record struct")]
    [InlineData("[CrdtNode] public partial record Person(int Age) { " + Key + " }", "primary constructor")]
    [InlineData("[CrdtNode] public partial record Person() { " + Key + " }", "primary constructor")]
    [InlineData("public record Entity; [CrdtNode] public partial record Person : Entity { " + Key + " }", "has the base class 'Entity'")]
    [InlineData("public class Entity; [CrdtNode] public partial class Person : Entity { " + Key + " }", "has the base class 'Entity'")]
    [InlineData("[CrdtNode] public partial class Entity { " + Key + " } [CrdtNode] public partial class Person : Entity { }", "has the base class 'Entity'")]
    [InlineData("[CrdtNode] public abstract partial record Person { " + Key + " }", "is abstract")]
    [InlineData("[CrdtNode] public partial record Person<T> { " + Key + " }", "is generic")]
    [InlineData("[CrdtNode] public partial class Person<T> { " + Key + " }", "is generic")]
    [InlineData("public partial class Outer<T> { [CrdtNode] public partial class Person { " + Key + " } }", "nested in the generic type 'Outer'")]
    [InlineData("[CrdtNode] public abstract partial class Person { " + Key + " }", "is abstract")]
    [InlineData("[CrdtNode] public static partial class Person;", "is static")]
    [InlineData("[CrdtNode] file partial class Person { " + Key + " }", "visible in its file only")]
    [InlineData("[CrdtNode] public partial class Person(int x) { " + Key + " public int X => x; }", "primary constructor")]
    [InlineData("[CrdtNode] public partial class Person { " + Key + " [Lww] public required partial int X { get; set; } }", "the required member 'X'")]
    [InlineData("[CrdtNode] public partial class Person { " + Key + " public required int X; }", "the required member 'X'")]
    [InlineData("[CrdtNode, CrdtRel(typeof(int), typeof(int))] public partial class Person { " + Key + " }", "is marked")]
    [InlineData("[CrdtSchema(\"x\")] public partial class Person<T>;", "is generic")]
    [InlineData("[CrdtSchema(\"x\")] public partial record Person;", "is a record")]
    public void Classes_that_cannot_be_annotated(string source, string reason) => RequireFindings(source, "CRDT003", reason);

    [Theory]
    [InlineData("[Lww, Decimal(18, 2)] public partial double X { get; set; }", "is no decimal register")]
    [InlineData("[OrSet, Decimal(18, 2)] public partial System.Collections.Generic.ISet<decimal> X { get; }", "is no decimal register")]
    [InlineData("[Lww, Decimal(0, 0)] public partial decimal X { get; set; }", "can't have 0 digits of which 0")]
    [InlineData("[Max, Decimal(29, 2)] public partial decimal? X { get; set; }", "can't have 29 digits of which 2")]
    [InlineData("[Min, Decimal(5, 6)] public partial decimal X { get; set; }", "can't have 5 digits of which 6")]
    [InlineData("[Lww, Decimal(5, -1)] public partial decimal X { get; set; }", "can't have 5 digits of which -1")]
    public void Digits_that_cannot_be(string property, string reason) => RequireFindings($"[CrdtNode] public partial class Person {{ {Key} {property} }}", "CRDT035", reason);

    [Theory]
    [InlineData("private Person(Person? other) { }", "has a copy constructor")]
    [InlineData("int IHasAge.Age { get; } = 3;", "holds a value in 'IHasAge.Age'")]
    [InlineData("int IHasAge.Age { get; set; }", "holds a value in 'IHasAge.Age'")]
    public void Records_that_cannot_be_copied(string member, string reason)
    {
        var (bases, type) = member.Contains("IHasAge", StringComparison.Ordinal) ? (" : IHasAge", "public interface IHasAge { int Age { get; } }") : ("", "");
        RequireFindings($"[CrdtNode] public sealed partial record Person{bases} {{ {Key} {member} }} {type}", "CRDT024", reason);
    }

    [Theory]
    [InlineData("public virtual bool Equals(Person? other) => true; public override int GetHashCode() => 1;")]
    [InlineData("public override int GetHashCode() => 1;")]
    public void Members_in_the_way_in_a_record(string members) =>
        RequireFindings($"[CrdtNode] public partial record Person {{ {Key} {members} }}", "CRDT020", "has the name of a member");

    [Theory]
    [InlineData("[Lww] public static partial string? Email { get; set; }", "is static")]
    [InlineData("[Lww] public partial string? Email { get; set; } public partial string? Email { get => null; set { } }", "has a body")]
    [InlineData("[Lww] public partial int this[int i] { get; set; }", "is an indexer")]
    [InlineData("[OrSet] public ISet<string> Tags { get; } = null!;", "is not partial")]
    [InlineData("[Counter] public long Stock { get; set; }", "is not partial")]
    public void Properties_that_cannot_be_implemented(string property, string reason) => RequireFindings(InNode(property), "CRDT008", reason);

    [Theory]
    [InlineData("[Key] public partial string? Id { get; }")]
    [InlineData("[Key] public partial int? Id { get; }")]
    [InlineData("[Key] public partial bool Id { get; }")]
    [InlineData("[Key] public partial byte[] Id { get; }")]
    [InlineData("[Key] public partial Int128 Id { get; }")]
    [InlineData("[Key] public partial DayOfWeek Id { get; }")]
    [InlineData("[Key] public partial DateTime Id { get; }")]
    public void Keys_of_other_types(string key) => RequireFindings($"[CrdtNode] public partial class Person {{ {key} }}", "CRDT007", "sbyte, short, int, long");

    [Theory]
    [InlineData("object")]
    [InlineData("char")]
    [InlineData("Half")]
    [InlineData("int[]")]
    [InlineData("(int A, string? B)")]
    [InlineData("List<string?>")]
    [InlineData("Dictionary<string, int>?")]
    [InlineData("dynamic")]
    public void Values_of_other_types(string type) =>
        RequireFindings(InNode($"[Lww] public partial {type} Value {{ get; set; }}"), "CRDT010", "DateTimeOffset, TimeSpan", follow: false);

    [Theory]
    [InlineData("ISet<string?> Tags { get; }")]
    [InlineData("ISet<int?> Tags { get; }")]
    [InlineData("ISet<object> Tags { get; }")]
    [InlineData("HashSet<string> Tags { get; }")]
    [InlineData("string Tags { get; }")]
    [InlineData("ISet<string> Tags { get; set; }")]
    public void Sets_of_other_forms(string property) => RequireFindings(InNode("[OrSet] public partial " + property), "CRDT012", "ISet<T>", follow: false);

    [Theory]
    [InlineData("[Lww] public partial Tree Value { get; set; }", "CRDT010")]
    [InlineData("[OrSet] public partial ISet<Tree> Value { get; }", "CRDT012")]
    public void Records_that_contain_themselves(string property, string rule) =>
        RequireFindings("public sealed record Tree(Tree? A, Tree? B, Tree? C, IReadOnlyList<Tree> D); " + InNode(property), rule, "Value", follow: false);

    [Theory]
    [InlineData("[OrSet] public partial ISet<Point> Value { get; }")]
    [InlineData("[OrSet] public partial ISet<Point?> Value { get; }")]
    [InlineData("[OrSet] public partial ISet<Line> Value { get; }")]
    [InlineData("[OrMap] public partial IDictionary<Point, int> Value { get; }")]
    [InlineData("[OrMap] public partial IDictionary<int, Point?> Value { get; }")]
    [InlineData("[CounterMap] public partial ICounterMap<Point> Value { get; }")]
    [InlineData("[OrderedList] public partial IList<Point> Value { get; }")]
    [InlineData("[MultiValue] public partial IMultiValue<Point> Value { get; }")]
    [InlineData("[Lww] public partial Point? Value { get; set; }")]
    [InlineData("[Lww] public partial IReadOnlyList<Point> Value { get; set; }")]
    [InlineData("[Lww] public partial Line Value { get; set; }")]
    public void Records_that_can_be_changed_in_place(string property) => RequireFindings(
        "public record struct Point(int X, int Y); public sealed record Line(int Width, IReadOnlyList<Point?> Points); " + InNode(property),
        "CRDT033",
        "'Person.Value' can't hold the record 'Point', which is a mutable struct",
        follow: false);

    [Theory]
    [InlineData("public sealed record Point(int X) { public string? Note; }", "has the member 'Note'")]
    [InlineData("public sealed record Point(int X) { public Guid Made { get; } = Guid.NewGuid(); }", "has the member 'Made'")]
    [InlineData("public sealed record Point(int X) { private int X { get; } = X; }", "has no property 'X'")]
    public void Records_that_are_more_than_their_constructor(string record, string reason) => RequireFindings(
        record + "\n[CrdtNode] public partial class Person { [Key] public partial int Id { get; } [Lww] public partial Point? Value { get; set; } }",
        "CRDT033",
        $"'Person.Value' can't hold the record 'Point', which {reason}",
        follow: false);

    [Theory]
    [InlineData("private static string? M(IReadOnlyList<Sibling<string>> all) => null;", "string?")]
    [InlineData("private string? M(IReadOnlyList<Sibling<string?>> all) => null;", "string?")]
    [InlineData("private static T? M<T>(IReadOnlyList<Sibling<T>> all) => default;", "string?")]
    [InlineData("private static string? M(IReadOnlyList<Sibling<string?>> all, int x) => null;", "string?")]
    [InlineData("private static string? M(List<Sibling<string?>> all) => null;", "string?")]
    [InlineData("private static int M(IReadOnlyList<Sibling<string?>> all) => 0;", "string?")]
    [InlineData("private static string? N(IReadOnlyList<Sibling<string?>> all) => null;", "string?")]
    [InlineData("private const int M = 3;", "string?")]
    public void Methods_that_do_not_resolve(string method, string type) => RequireFindings(
        InNode($"[Lww(Resolve = \"M\")] public partial string? Value {{ get; set; }} {method}"),
        "CRDT013",
        $"static {type} M(IReadOnlyList<Sibling<{type}>> siblings)");

    [Fact]
    public void A_resolution_that_may_be_null_for_a_register_that_may_not() => RequireFindings(
        InNode("[Lww(Resolve = \"M\")] public partial string Value { get; set; } private static string? M(IReadOnlyList<Sibling<string>> all) => null;"),
        "CRDT013",
        "static string M");

    [Theory]
    [InlineData("typeof(Knows)")]
    [InlineData("typeof(string)")]
    [InlineData("null!")]
    [InlineData("typeof(int[])")]
    public void Ends_that_are_no_nodes(string end) => RequireFindings($"[CrdtRel({end}, {end})] public partial class Knows;", "CRDT014", "not marked [CrdtNode]");

    [Theory]
    [InlineData("public void Merge(int x) { }")]
    [InlineData("public override bool Equals(object? other) => true;")]
    [InlineData("public override int GetHashCode() => 1;")]
    [InlineData("public class Decode;")]
    [InlineData("[Lww] public partial int EntityType { get; set; }")]
    public void Members_in_the_way(string member) => RequireFindings(InNode(member), "CRDT020", "has the name of a member");

    [Fact]
    public void A_class_named_as_a_member() => RequireFindings($"[CrdtNode] public partial class Merge {{ {Key} }}", "CRDT020", "Merge");

    [Theory]
    [InlineData("Email", "email", "differ in case only")]
    [InlineData("Id", "Mail", "both are called \"Id\"")]
    [InlineData("costarring", "liquid", "the same number")]
    public void Names_in_one_class_that_are_alike(string first, string second, string reason) => RequireFindings(
        InNode($"[Lww(Name = \"{first}\")] public partial int First {{ get; set; }} [Lww(Name = \"{second}\")] public partial int Second {{ get; set; }}"),
        "CRDT016",
        reason,
        follow: false);

    [Theory]
    [InlineData("Person", "person", "differ in case only")]
    [InlineData("costarring", "liquid", "the same number")]
    public void Names_in_one_schema_that_are_alike(string first, string second, string reason) => RequireFindings(
        $$"""
        [CrdtSchema("x")] public partial class X;
        [CrdtNode(Name = "{{first}}")] public partial class A { {{Key}} }
        [CrdtRel(typeof(A), typeof(A), Name = "{{second}}")] public partial class B;
        """,
        "CRDT017",
        reason,
        follow: false);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1st")]
    [InlineData("a`b")]
    [InlineData("a.b")]
    [InlineData("a-b")]
    public void Names_that_are_no_identifiers(string name)
    {
        RequireFindings(InNode($"[Counter(Name = \"{name}\")] public partial long Value {{ get; set; }}"), "CRDT019", "'Person.Value'", follow: false);
        RequireFindings($"[CrdtNode(Name = \"{name}\")] public partial class Person {{ {Key} }}", "CRDT019", "'Person'", follow: false);
    }

    [Theory]
    [InlineData("Straße")]
    [InlineData("名前")]
    [InlineData("_1")]
    public void Names_of_any_script(string name) => Assert.Empty(Sample.Run($"[CrdtNode(Name = \"{name}\")] public partial class Person {{ {Key} }}").Findings);

    [Theory]
    [InlineData("[Key] public int Id { get; }")]
    [InlineData("[Counter] public long Stock { get; set; }")]
    [InlineData("[OrSet] public ISet<int> Tags { get; } = null!;")]
    public void Annotations_that_would_do_nothing(string property) => RequireFindings($"public class Person {{ {property} }}", "CRDT022", "neither");

    [Fact]
    public void An_annotation_by_another_name_that_would_do_nothing() =>
        RequireFindings("using Newest = Crdt.LwwAttribute; public class Person { [Newest] public int Age { get; set; } }", "CRDT022", "neither");

    [Theory]
    [InlineData("null!, Version = 1")]
    [InlineData("\" \"")]
    [InlineData("\"x\", Version = -1")]
    public void Schemas_without_name_or_version(string arguments) => RequireFindings($"[CrdtSchema({arguments})] public partial class X;", "CRDT023", "X");

    [Fact]
    public void All_mistakes_of_a_class_are_told_at_once()
    {
        var findings = Sample.Run(InNode("""
            [Lww] public partial Uri Home { get; set; }
            [Counter] public partial int Stock { get; set; }
            [OrSet] public partial List<int> Tags { get; }
            [Lww] public partial int Good { get; set; }
            """)).Findings;
        Assert.Equal(["CRDT010", "CRDT011", "CRDT012"], findings.Select(finding => finding.Id));
    }

    [Theory]
    [InlineData("[CrdtNode] public partial class")]
    [InlineData("[CrdtNode] public partial class { }")]
    [InlineData("[CrdtNode] [CrdtNode] public partial class Person { " + Key + " }")]
    [InlineData("[CrdtNode] partial class Person { " + Key + " } [CrdtNode] partial class Person { [Lww] partial int X { get; set; } }")]
    [InlineData("[CrdtRel] public partial class Knows;")]
    [InlineData("[CrdtRel(typeof(Missing), typeof())] public partial class Knows;")]
    [InlineData("[CrdtRel(typeof(List<>), 3)] public partial class Knows;")]
    [InlineData("[CrdtNode(Name = 3, Lane = null)] public partial class Person { " + Key + " }")]
    [InlineData("[CrdtNode] public partial class Person { [Key] public partial Missing Id { get; } [Lww] public partial Missing? X { get; set; } [OrSet] public partial ISet<Missing> Y { get; } }")]
    [InlineData("[CrdtNode] public partial class Person { [Key] public partial long Id [Lww(Resolve = )] public partial int { get; set }")]
    [InlineData("[CrdtNode] public partial class Person { [Key] public partial long Id { get; } [Lww] public partial int X; }")]
    [InlineData("[CrdtNode] public partial struct Person { " + Key + " }")]
    [InlineData("[CrdtNode] public partial interface IPerson { " + Key + " }")]
    [InlineData("[CrdtNode] public enum Person { A }")]
    [InlineData("[CrdtSchema] public partial class X;")]
    [InlineData("[CrdtSchema(3, Version = \"x\")] public partial class X;")]
    [InlineData("[Lww] int x;")]
    public void Source_that_is_no_csharp_does_not_make_the_generator_throw(string source) =>
        Assert.Contains(Sample.Run(source).Complaints, complaint => complaint.Id.StartsWith("CS", StringComparison.Ordinal));

    private static string InNode(string members) => $$"""
        [CrdtNode]
        public partial class Person
        {
            {{Key}}
            {{members}}
        }
        """;

    private static void RequireFindings(string source, string rule, string message, bool follow = true)
    {
        var outcome = Sample.Run(source);
        Assert.NotEmpty(outcome.Findings);
        Assert.All(outcome.Findings, finding => Assert.Equal(rule, finding.Id));
        Assert.Contains(outcome.Findings, finding => finding.GetMessage().Contains(message, StringComparison.Ordinal));
        Assert.All(outcome.Complaints, complaint => Assert.StartsWith("File", complaint.Location.GetLineSpan().Path, StringComparison.Ordinal));
        if (!follow) Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
    }
}
