using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>The exploration notices when a rule is broken: each driver here breaks one, and the correct one passes within the same bounds.</summary>
public sealed class MutationTests
{
    private static readonly Bounds Usual = new(2, 1, 0, 1), Patient = new(2, 1, 0, 3), Copied = new(2, 0, 0, 1, 1);

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, (Driver Driver, Bounds Bounds, string Violation)> All { get; } = new()
    {
        ["the promise is not written"] = (new Mutants.LosesPromise(), Usual, "without the durable promise of all"),
        ["it votes before the promise is durable"] = (new Mutants.Hurries<CommitRecord.Prepared>(), Usual, "without the durable promise of all"),
        ["the decision is forgotten"] = (new Mutants.LosesDecision(), Usual, "two outcomes"),
        ["it tells before the decision is durable"] = (new Mutants.Hurries<CommitRecord.Decision>(), Usual, "without a durable decision"),
        ["it confirms before the commit is durable"] = (new Mutants.Hurries<CommitRecord.Committed>(), Usual, "two outcomes"),
        ["it answers before the refusal is durable"] = (new Mutants.Hurries<CommitRecord.Aborted>(), Patient, "two outcomes"),
        ["a restored copy presumes an abort"] = (new Mutants.PresumesForPredecessor(), Copied, "two outcomes"),
        ["the reservation ends with the lease"] = (new Mutants.ReleasesInDoubt(), Usual, "let go of what it had promised"),
        ["a vote counts twice"] = (new Mutants.CountsTwice(), Usual, "without the durable promise of all"),
        ["an acknowledgement counts twice"] = (new Mutants.EndsEarly(), Usual, "two outcomes"),
        ["doubt is taken for an abort"] = (new Mutants.TakesDoubtForAbort(), Usual, "two outcomes"),
        ["nobody asks"] = (new Mutants.NeverAsks(), Usual, "without being settled"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_rule_is_noticed(string name)
    {
        var (driver, bounds, expected) = All[name];
        Assert.Contains(expected, Assert.Throws<Violation>(new Explorer(driver, bounds).Run).What);
    }

    [Fact]
    public void Nothing_is_noticed_where_none_is_broken()
    {
        foreach (var bounds in All.Values.Select(each => each.Bounds).Distinct()) new Explorer(new Driver(), bounds).Run();
    }
}
