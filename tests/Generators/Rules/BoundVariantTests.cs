using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Rules;

/// <summary>The forms that mistakes around a counter's bound can take.</summary>
public sealed class BoundVariantTests
{
    [Theory]
    [InlineData("Max = 5")]
    [InlineData("Min = 0, Max = 5")]
    [InlineData("Min = 6, Max = 5")]
    public void Counters_with_a_greatest_value(string bounds) => RequireFinding($"[Counter({bounds})] public partial long Seats {{ get; set; }}", "CRDT036", "has a Max");

    [Theory]
    [InlineData("public int SeatsRights => 1;", "SeatsRights")]
    [InlineData("[Lww] public partial string? SeatsRights { get; set; }", "SeatsRights")]
    [InlineData("private void GiveSeats() { }", "GiveSeats")]
    [InlineData("private int AskForSeats => 1;", "AskForSeats")]
    public void Members_in_the_way(string member, string name) => RequireFinding($"[Counter(Min = 0)] public partial long Seats {{ get; set; }} {member}", "CRDT020", name);

    [Fact]
    public void A_bounded_counter_of_another_type() => RequireFinding("[Counter(Min = 0)] public partial int Seats { get; set; }", "CRDT011", "Seats");

    [Theory]
    [InlineData("Min = long.MinValue")]
    [InlineData("Min = long.MaxValue")]
    [InlineData("Min = -1, Name = \"left\"")]
    public void Any_least_value_will_do(string bound)
    {
        var outcome = Sample.Run(InNode($"[Counter({bound})] internal partial long @event {{ get; private set; }}"));
        Assert.Empty(outcome.Findings);
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
    }

    private static string InNode(string members) => $"[CrdtNode] public partial class Person {{ [Key] public partial long Id {{ get; }} {members} }}";

    private static void RequireFinding(string members, string rule, string message)
    {
        var finding = Assert.Single(Sample.Run(InNode(members)).Findings);
        Assert.Equal(rule, finding.Id);
        Assert.Contains(message, finding.GetMessage(), StringComparison.Ordinal);
    }
}
