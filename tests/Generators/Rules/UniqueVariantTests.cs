using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Rules;

/// <summary>What can be unique, and what can't.</summary>
public sealed class UniqueVariantTests
{
    [Theory]
    [InlineData("[Counter, Unique] public partial long Visits { get; set; }", "is no register whose last write wins")]
    [InlineData("[Max, Unique] public partial long Best { get; set; }", "is no register whose last write wins")]
    [InlineData("[MultiValue, Unique] public partial IMultiValue<string> Names { get; }", "is no register whose last write wins")]
    [InlineData("[Unique] public string Name { get; set; } = \"\";", "is no register whose last write wins")]
    [InlineData("[Lww(Rule = Resolution.FirstWriteWins), Unique] public partial string? Name { get; set; }", "has a rule of its own")]
    [InlineData("[Lww, Unique] public partial double Weight { get; set; }", "equal values can have different bytes")]
    [InlineData("[Lww, Unique] public partial decimal Price { get; set; }", "equal values can have different bytes")]
    [InlineData("[Lww, Unique] public partial DateTimeOffset? Begun { get; set; }", "equal values can have different bytes")]
    [InlineData("[Lww, Unique] public partial IReadOnlyList<int> Parts { get; set; }", "equal values can have different bytes")]
    public void Properties_that_can_not_be_unique(string member, string reason) => RequireFinding($"[CrdtNode] public partial class Person {{ [Key] public partial long Id {{ get; }} {member} }}", reason);

    [Fact]
    public void A_key_is_unique_already() => RequireFinding("[CrdtNode] public partial class Person { [Key, Unique] public partial long Id { get; } }", "is a key");

    [Fact]
    public void Relationships_have_no_unique_values() => RequireFinding(
        """
        [CrdtNode] public partial class Person { [Key] public partial long Id { get; } }
        [CrdtRel(typeof(Person), typeof(Person))] public partial class Knows { [Lww, Unique] public partial string? Code { get; set; } }
        """,
        "belongs to a relationship");

    [Theory]
    [InlineData("string?")]
    [InlineData("string")]
    [InlineData("int")]
    [InlineData("Guid?")]
    [InlineData("byte[]?")]
    [InlineData("DateOnly?")]
    [InlineData("DayOfWeek?")]
    public void What_has_one_form_of_bytes_can_be(string type)
    {
        var outcome = Sample.Run($"[CrdtNode] public partial class Person {{ [Key] public partial long Id {{ get; }} [Lww, Unique] public partial {type} Value {{ get; set; }} }}");
        Assert.Empty(outcome.Findings);
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
        Assert.Contains("IsUnique = true", string.Concat(outcome.Emitted.Values), StringComparison.Ordinal);
    }

    private static void RequireFinding(string source, string message)
    {
        var finding = Assert.Single(Sample.Run(source).Findings);
        Assert.Equal("CRDT037", finding.Id);
        Assert.Contains(message, finding.GetMessage(), StringComparison.Ordinal);
    }
}
