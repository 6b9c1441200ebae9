using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;

namespace Crdt.Tests.Generators.Analyzing;

/// <summary>Users hear of what the graph database loses, once a property, and of nothing else.</summary>
public sealed class GraphValueTests
{
    [Theory]
    [InlineData("[Lww] public partial DateTime Value { get; set; }", "'Person.Value' is a DateTime, which is rounded down to the microsecond")]
    [InlineData("[Max] public partial DateTimeOffset? Value { get; set; }", "a DateTimeOffset, which is shown in UTC, without its offset,")]
    [InlineData("[Lww] public partial byte[]? Value { get; set; }", "a byte[], which is shown as NULL where it has more than 4,096 bytes")]
    [InlineData("[Lww] public partial TimeSpan Value { get; set; }", "a TimeSpan, which is cut to whole microseconds")]
    [InlineData("[Min] public partial decimal? Value { get; set; }", "a decimal, which is shown as text")]
    public void What_is_lost_is_told(string property, string message)
    {
        var advice = Assert.Single(Advise(property));
        Assert.Equal((DiagnosticSeverity.Info, "CRDT045"), (advice.Severity, advice.Id));
        Assert.Contains(message, advice.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Lww] public partial int Value { get; set; }")]
    [InlineData("[Lww] public partial DateOnly? Value { get; set; }")]
    [InlineData("[Lww] public partial TimeOnly Value { get; set; }")]
    [InlineData("[Lww] public partial double Value { get; set; }")]
    [InlineData("[Counter] public partial long Value { get; set; }")]
    [InlineData("[OrSet] public partial ISet<string> Value { get; }")]
    [InlineData("[OrSet] public partial ISet<TimeSpan> Value { get; }")]
    [InlineData("[Lww] public partial IReadOnlyList<decimal?> Value { get; set; }")]
    [InlineData("[OrderedList] public partial IOrderedList<decimal> Value { get; }")]
    [InlineData("[MultiValue] public partial IMultiValue<byte[]> Value { get; }")]
    [InlineData("[OrMap] public partial IDictionary<string, decimal> Value { get; }")]
    [InlineData("[Lww, Decimal(18, 2)] public partial decimal? Value { get; set; }")]
    [InlineData("public decimal Value { get; set; }")]
    [InlineData("#pragma warning disable CRDT045\n[Lww] public partial decimal Value { get; set; }")]
    public void What_is_exact_or_has_no_column_is_not(string property) => Assert.Empty(Advise(property));

    [Fact]
    public void A_class_without_annotation_is_not_looked_at() => Assert.Empty(Sample.Advise("public class Person { public DateTime Born { get; set; } }"));

    [Fact]
    public void Every_type_that_the_page_lists_is_looked_for()
    {
        var page = File.ReadAllText(Repository.Path("docs", "rules", "CRDT045.md"));
        foreach (var type in new[] { "DateTime", "DateTimeOffset", "TimeSpan", "decimal", "byte[]" })
        {
            Assert.Contains($"`{type}`", page, StringComparison.Ordinal);
            Assert.Single(Advise($"[Lww] public partial {type} Value {{ get; set; }}"));
        }
    }

    private static IReadOnlyList<Diagnostic> Advise(string property) =>
        Sample.Advise($$"""
            [CrdtNode]
            public partial class Person
            {
                [Key] public partial Guid Id { get; }
                {{property}}
            }
            """);
}
