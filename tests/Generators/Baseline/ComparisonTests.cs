using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Baseline;

/// <summary>Every change for which replicas would refuse each other is found, and no other.</summary>
public sealed class ComparisonTests
{
    private const string Before = """
        public enum Size : byte { Small }
        public sealed record Address(string Street);

        [CrdtNode]
        public partial class Shop
        {
            [Key] public partial int Id { get; }
        }

        [CrdtNode]
        public partial class Person
        {
            [Key] public partial int Id { get; }
            [Lww] public partial string? Name { get; set; }
            [OrMap] public partial IDictionary<string, int> Scores { get; }
            [Lww] public partial Address? Home { get; set; }
            [Lww] public partial Size Size { get; set; }
        }

        [CrdtRel(typeof(Person), typeof(Shop))]
        public partial class Visits
        {
            [Counter] public partial long Times { get; set; }
        }
        """;

    private static readonly string Baseline = Sample.Baseline(Sample.Compile(Before));

    [Theory]
    [InlineData("[Lww] public partial string? Name { get; set; }", "[MultiValue] public partial IMultiValue<string> Name { get; }", "'Person.Name' was a Register of Text and is a MultiValue of Text,")]
    [InlineData("partial string? Name", "partial int Name", "'Person.Name' was a Register of Text and is a Register of Int32,")]
    [InlineData("IDictionary<string, int>", "IDictionary<long, int>", "'Person.Scores' was a Map from Text to Int32 and is a Map from Int64 to Int32,")]
    [InlineData("IDictionary<string, int>", "IDictionary<string, long>", "'Person.Scores' was a Map from Text to Int32 and is a Map from Text to Int64,")]
    [InlineData("[Counter]", "[Counter(Min = -2)]", "'Visits.Times' was a Counter of Int64 and is a BoundedCounter from -2 of Int64,")]
    [InlineData("Size : byte", "Size : short", "'Person.Size' was a Register of Enum of UInt8 and is a Register of Enum of Int16,")]
    [InlineData("(string Street)", "(string Street, string City)", "'Person.Home' was a Register of Record(Text Street) and is a Register of Record(Text Street, Text City),")]
    [InlineData("(string Street)", "(string? Street)", "'Person.Home' was a Register of Record(Text Street) and is a Register of Record(Text? Street),")]
    public void A_field_that_holds_something_else(string before, string after, string message) => RequireFinding("CRDT040", before, after, message);

    [Theory]
    [InlineData("partial class Shop\n{\n    [Key] public partial int", "partial class Shop\n{\n    [Key] public partial Guid", "'Shop' was known by a key of Int32 and is known by a key of Guid,")]
    [InlineData("[CrdtRel(typeof(Person), typeof(Shop))]", "[CrdtRel(typeof(Shop), typeof(Person))]", "'Visits' was from 'Person' to 'Shop' and is from 'Shop' to 'Person',")]
    [InlineData("[CrdtRel(typeof(Person), typeof(Shop))]", "[CrdtRel(typeof(Person), typeof(Shop), Lane = \"b\")]", "'Visits' was in lane 'main' and is in lane 'b',")]
    [InlineData("typeof(Shop))]", "typeof(Shop), Deletion = Deletion.UpdateWins)]", "'Visits' was resolved by DeleteWins and is resolved by UpdateWins,")]
    [InlineData("typeof(Shop))]", "typeof(Shop), Multiplicity = Multiplicity.ManyOne)]", "'Visits' was ManyMany and is ManyOne,")]
    [InlineData("typeof(Shop))]", "typeof(Shop), OnEndDeleted = OnEndDeleted.Cascade)]", "'Visits' was of the rule Hide for deleted ends and is of the rule Cascade for deleted ends,")]
    [InlineData("    [Counter]", "    [Key] public partial long Number { get; } [Counter]", "'Visits' was without a key and is known by a key of Int64,")]
    [InlineData("[CrdtRel(typeof(Person), typeof(Shop))]\npublic partial class Visits\n{", "[CrdtNode]\npublic partial class Visits\n{ [Key] public partial int Id { get; }", "'Visits' was a relationship and is a node,")]
    public void A_class_whose_entities_are_something_else(string before, string after, string message) => RequireFinding("CRDT041", before, after, message);

    [Theory]
    [InlineData("    [Lww] public partial string? Name { get; set; }\n", "", "The field 'Person.Name' is gone")]
    [InlineData("[CrdtRel(typeof(Person), typeof(Shop))]\npublic partial class Visits\n{\n    [Counter] public partial long Times { get; set; }\n}", "", "The type 'Visits' is gone")]
    public void What_is_gone(string before, string after, string message) => RequireFinding("CRDT042", before, after, message);

    [Theory]
    [InlineData("    [Counter]", "    [Max] public partial int Stars { get; set; }\n    [Counter]", "The baseline doesn't have 'Visits.Stars' yet")]
    [InlineData("public enum", "[CrdtRel(typeof(Shop), typeof(Shop))] public partial class Near;\npublic enum", "The baseline doesn't have 'Near' yet")]
    public void What_is_new(string before, string after, string message) => RequireFinding("CRDT043", before, after, message);

    [Fact]
    public void Many_that_are_new_are_counted()
    {
        var added = string.Concat(Enumerable.Range(1, 8).Select(number => $"    [Lww] public partial int F{number} {{ get; set; }}\n"));
        RequireFinding("CRDT043", "    [Counter]", added + "    [Counter]", "'Visits.F4', 'Visits.F5' and 3 more yet");
    }

    [Theory]
    [InlineData("partial string? Name", "partial string Name")]
    [InlineData("[Lww] public partial string? Name", "[Lww(Rule = Resolution.Max)] public partial string? Name")]
    [InlineData("[Lww] public partial string? Name", "[Lww(Name = \"Name\")] public partial string? FullName")]
    [InlineData("{ Small }", "{ Small, Large }")]
    [InlineData("public partial class Person", "internal partial class Person")]
    public void What_does_not_change_the_data(string before, string after) => Assert.Empty(Run(before, after));

    [Fact]
    public void Mistakes_come_first()
    {
        Assert.Equal(["CRDT011"], Run("long Times", "int Times").Select(finding => finding.Id));
        Assert.Equal(["CRDT001"], Run("public partial class Person", "public class Person").Select(finding => finding.Id));
        Assert.Equal(["CRDT016"], Run("[Lww] public partial Size", "[Lww(Name = \"Name\")] public partial Size").Select(finding => finding.Id));
    }

    [Fact]
    public void Nothing_is_compared_while_a_baseline_is_written() =>
        Assert.Empty(Sample.RunQuickly(Before.Replace("string? Name", "int Name", StringComparison.Ordinal), new(Baseline, IsBaselineRequested: true)));

    [Fact]
    public void A_change_is_told_where_it_was_made()
    {
        var finding = Assert.Single(Run("partial string? Name", "partial int Name"));
        var line = finding.Location.GetLineSpan().StartLinePosition.Line;
        Assert.Contains("int Name", Before.Replace("string? Name", "int Name", StringComparison.Ordinal).Split('\n')[line], StringComparison.Ordinal);
    }

    private static void RequireFinding(string rule, string before, string after, string message)
    {
        var finding = Assert.Single(Run(before, after), finding => finding.Id != "CRDT043" || rule == "CRDT043");
        Assert.Equal(rule, finding.Id);
        Assert.Contains(message, finding.GetMessage(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> Run(string before, string after)
    {
        Assert.Contains(before, Before, StringComparison.Ordinal);
        return Sample.RunQuickly(Before.Replace(before, after, StringComparison.Ordinal), new(Baseline));
    }
}
