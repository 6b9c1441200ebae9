using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Rules;

/// <summary>The forms that mistakes in types marked <c>[QueryResult]</c> can take, and the forms that are none.</summary>
public sealed class ResultVariantTests
{
    [Theory]
    [InlineData("[QueryResult] public record Row(int A);", "CRDT001", "marked [QueryResult]")]
    [InlineData("[QueryResult] public struct Row { public int A { get; set; } }", "CRDT001", "marked [QueryResult]")]
    [InlineData("public class Outer { [QueryResult] public partial record Row(int A); }", "CRDT002", "nested in it")]
    [InlineData("[QueryResult] public partial record Row<T>(T A);", "CRDT003", "is generic")]
    [InlineData("public partial class Outer<T> { [QueryResult] public partial record Row(int A); }", "CRDT003", "nested in the generic type 'Outer'")]
    [InlineData("[QueryResult] public abstract partial record Row(int A);", "CRDT003", "is abstract")]
    [InlineData("[QueryResult] public static partial class Row;", "CRDT003", "is static")]
    [InlineData("[QueryResult] file partial record Row(int A);", "CRDT003", "visible in its file only")]
    [InlineData("[QueryResult] public ref partial struct Row { public int A { get; set; } }", "CRDT003", "is a ref struct")]
    [InlineData("public record Named(string Name); [QueryResult] public partial record Row(string Name, int A) : Named(Name);", "CRDT003", "has the base class 'Named'")]
    [InlineData("[QueryResult, CrdtNode] public partial class Row { [Key] public partial int A { get; } }", "CRDT003", "is marked [CrdtNode] too")]
    [InlineData("[QueryResult, CrdtSchema(\"x\")] public partial class Row;", "CRDT003", "is marked [CrdtSchema] too")]
    public void Types_that_cannot_be_annotated(string source, string rule, string message) => RequireFinding(source, rule, message);

    [Theory]
    [InlineData("[QueryResult] public partial record Row;", "has no constructor with parameters")]
    [InlineData("[QueryResult] public partial class Row { public int A { get; } public int B { get; private set; } private int C { get; set; } public static int D { get; set; } }", "has no constructor with parameters")]
    [InlineData("[QueryResult] public partial class Row { public Row() { } public Row(int a) => A = a; public int A { get; set; } }", "has more than one constructor")]
    [InlineData("[QueryResult] public partial class Row { public Row(ref int a) => A = a; public int A { get; } }", "'a' is passed by reference")]
    [InlineData("[QueryResult] public partial record Row { public Row(Row other, int a) => A = a; public Row(int a) => A = a; public int A { get; } }", "has more than one constructor")]
    public void Types_that_cannot_be_made(string source, string message) => RequireFinding(source, "CRDT050", message, follow: false);

    [Theory]
    [InlineData("Uri")]
    [InlineData("char")]
    [InlineData("Half")]
    [InlineData("nint")]
    [InlineData("dynamic")]
    [InlineData("(int A, int B)")]
    [InlineData("int[,]")]
    [InlineData("Uri[]")]
    [InlineData("List<char?>")]
    [InlineData("Dictionary<string, Uri>")]
    [InlineData("Dictionary<Uri, string>?")]
    [InlineData("Queue<int>")]
    [InlineData("Plain")]
    [InlineData("IDisposable?")]
    public void Members_of_other_types(string type)
    {
        RequireFinding($"public record Plain(int A); [QueryResult] public partial record Row(int Id, {type} Value);", "CRDT051", "'Row.Value'", follow: false);
        RequireFinding($"public record Plain(int A); [QueryResult] public partial class Row {{ public required {type} Value {{ get; init; }} }}", "CRDT051", "'Row.Value'", follow: false);
    }

    [Theory]
    [InlineData("record Row(int A, int a)", "'Row.A' and 'Row.a' are both read from the column \"a\"")]
    [InlineData("record Row([Column(\"p.X\")] int A, [property: Column(\"P.x\")] int B)", "the column \"P.x\"")]
    [InlineData("record Row(int A, int B) { [Column(\"b\")] public int C { get; set; } }", "'Row.B' and 'Row.C'")]
    public void Members_of_one_column(string type, string message) =>
        RequireFinding($"[QueryResult] public partial {type}{(type.EndsWith('}') ? "" : ";")}", "CRDT052", message, follow: false);

    [Theory]
    [InlineData("[QueryResult] public record Inner(int A);", "CRDT001")]
    [InlineData("[QueryResult] public partial record Inner(Uri A);", "CRDT051")]
    [InlineData("[QueryResult] public partial record Inner;", "CRDT050")]
    public void A_mistake_in_a_member_is_told_once(string inner, string rule) =>
        RequireFinding(inner + " [QueryResult] public partial record Row(Inner A, Inner? B, List<Inner> C, Dictionary<string, Inner?> D);", rule, "'Inner", follow: false);

    [Fact]
    public void A_marked_type_of_another_project_is_read()
    {
        var library = Sample.Library("[QueryResult] public partial record Inner(int A);");
        var outcome = Sample.Run(Sample.Compile("[QueryResult] public partial record Row(Inner A, Inner? B);").AddReferences(library));
        Assert.Empty(outcome.Findings);
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
    }

    [Fact]
    public void All_mistakes_of_a_type_are_told_at_once() =>
        Assert.Equal(["CRDT051", "CRDT052"], Sample.Run("[QueryResult] public partial record Row(Uri Home, int A, [Column(\"A\")] int B);").Findings.Select(finding => finding.Id));

    [Theory]
    [InlineData("partial record struct Row(int A)")]
    [InlineData("readonly partial record struct Row(int A)")]
    [InlineData("partial struct Row { public int A { get; set; } }")]
    [InlineData("readonly partial struct Row(int a) { public int A => a; }")]
    [InlineData("partial class Row(in int a) { public int A { get; } = a; }")]
    [InlineData("sealed partial class Row { private Row(int a, params string[] rest) => (A, Rest) = (a, rest); public int A { get; } public string[] Rest { get; } }")]
    [InlineData("partial class Row { public required int A { get; init; } public int? B { get; set; } public int this[int i] { get => i; set { } } }")]
    [InlineData("partial record Row(int A) { public Row(int a, int b) : this(a) => B = b; public int B { get; private set; } }")]
    [InlineData("partial record Row(Row? Left, List<Row>? Children, Dictionary<string, Row?> ByName)")]
    [InlineData("partial record Row(int @class, string? value, object? members, object Any)")]
    [InlineData("partial class Read { public int Shape { get; set; } public int QueryValue { get; set; } public int global { get; set; } }")]
    public void Types_that_rows_can_be_read_into(string type)
    {
        var outcome = Sample.Run($"[QueryResult] public {type}{(type.EndsWith('}') ? "" : ";")}");
        Assert.Empty(outcome.Findings);
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
        Assert.Single(outcome.Emitted);
    }

    [Theory]
    [InlineData("[QueryResult] public partial record")]
    [InlineData("[QueryResult] public partial record Row(Missing A, int);")]
    [InlineData("[QueryResult] public partial record Row(int A, [Column] int B, [Column(3)] int C, [Column(null!)] int D);")]
    [InlineData("[QueryResult] public partial interface IRow { int A { get; set; } }")]
    [InlineData("[QueryResult] public enum Row { A }")]
    [InlineData("[QueryResult, QueryResult] public partial record Row(int A);")]
    [InlineData("[QueryResult] partial record Row(int A); [QueryResult] partial record Row;")]
    [InlineData("[QueryResult] public partial class Row { public Row( public int A { get; set; ")]
    public void Source_that_is_no_csharp_does_not_make_the_generator_throw(string source) =>
        Assert.Contains(Sample.Run(source).Complaints, complaint => complaint.Id.StartsWith("CS", StringComparison.Ordinal));

    private static void RequireFinding(string source, string rule, string message, bool follow = true)
    {
        var outcome = Sample.Run(source);
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(rule, finding.Id);
        Assert.Contains(message, finding.GetMessage(), StringComparison.Ordinal);
        Assert.All(outcome.Complaints, complaint => Assert.StartsWith("File", complaint.Location.GetLineSpan().Path, StringComparison.Ordinal));
        if (!follow) Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id is not ("CS1591" or "CS8618"));
    }
}
