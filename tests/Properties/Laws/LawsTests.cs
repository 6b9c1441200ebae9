using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>The door for users: all laws on an annotated class of theirs, and a failure that they can read and repeat.</summary>
public sealed class LawsTests
{
    [Fact]
    public void All_laws_hold_for_an_annotated_class() => Testing.Laws.Check<Product>();

    [Fact]
    public void All_laws_hold_for_an_annotated_relationship() => Testing.Laws.Check<Replaces>(cases: 200, seed: 1);

    [Fact]
    public void No_cases_prove_nothing() => Assert.Throws<ArgumentOutOfRangeException>(() => Testing.Laws.Check<Product>(cases: 0));

    [Fact]
    public void A_broken_law_is_told_with_its_seed_and_the_smallest_history_in_words()
    {
        var subject = SubjectList.Of("counter");
        var error = Assert.Throws<LawBrokenException>(() => Cases.ForAll(
            History.Of(subject), history => Law.Holds("no copy ever counts", history.Run().Copies.All(copy => copy.State.Fields[0].IsEmpty)), seed: 5, count: 500));
        Assert.Contains("CRDT_SEED=5", error.Message, StringComparison.Ordinal);
        Assert.Contains("no copy ever counts", error.Message, StringComparison.Ordinal);
        var told = error.Message.Split(Environment.NewLine).Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["copy 0 of replica A creates the entity", "copy 0 of replica A adds 1 to Stock"], told.Select(line => line.Trim()));
    }
}
