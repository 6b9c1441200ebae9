using Crdt.Sync.Sessions;
using Crdt.Tests.Simulation.Schedules;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation;

public sealed class ScheduleTests
{
    private const ulong First = 1;

    /// <summary>How many schedules each run of the tests tries; <c>CRDT_SEED</c> and <c>CRDT_CASES</c> say otherwise, as everywhere.</summary>
    private const ulong Count = 2_000;

    [Fact]
    public void Whatever_happens_replicas_come_to_hold_the_same_and_lose_nothing()
    {
        var (first, count, tally) = (Read("CRDT_SEED", First), Read("CRDT_CASES", Count), new Tally());
        for (var seed = first; seed < first + count; seed++)
        {
            var outcome = Outcome.Of(Schedule.Of(seed, new()));
            Assert.True(outcome.Failure is null, $"seed {seed}: {outcome.Failure}; 'dotnet run -c Release --project tests/Simulation -- --seed {seed} --shrink' shows how");
            tally.Add(outcome.Tally);
        }

        if (count < Count) return;
        // A schedule in which nothing goes wrong proves little.
        string[] faults =
        [
            "Altered", "BaseLacking", "Break", "Clock", "Close", "Crash", "CrashAfter", "CrashBefore", "Cut", "CutShort", "Doubled", "EntityExists", "Exported", "ExportedSince", "ImportBrokenOff", "ImportCrashed", "Imported",
            "ImportedSince", "Join", "Lost", "Offline", "Online", "Overtaken", "PointAltered", "PointUnknown", "QueueFull", "QueueWaited", "Refused", "Reissued", "Restore",
        ];
        string[] rare = ["ImportAhead", "ImportRefused", "IssuedTwice", "SetRight"];
        Assert.Equal(faults, tally.Faults.Keys.Except(rare).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.True(tally.Faults[fault] >= 25, $"{fault} happened {tally.Faults[fault]} times"));
        Assert.True(tally.Faults.GetValueOrDefault("IssuedTwice") < tally.Faults["Reissued"] / 4, "what is issued again is taken by its old names too often to be reckoned");
        Assert.All(Enum.GetValues<SyncMode>(), mode => Assert.True(tally.Modes.GetValueOrDefault(mode) >= 25, $"{mode} sessions happened {tally.Modes.GetValueOrDefault(mode)} times"));
        Assert.True(tally is { Committed: > 20_000, Held: > 500 }, $"{tally.Committed} events were committed, {tally.Held} held back");
    }

    [Fact]
    public void A_seed_says_everything_that_happens()
    {
        for (var seed = First; seed < First + 30; seed++)
        {
            var (words, again) = (new List<string>(), new List<string>());
            var outcome = Outcome.Of(Schedule.Of(seed, new()), words.Add);
            Assert.Equal(outcome.Hash, Outcome.Of(Schedule.Of(seed, new()), again.Add).Hash);
            Assert.Equal(words, again);
            Assert.Equal(outcome.Hash, Outcome.Of(Schedule.Of(seed, new())).Hash);
        }
    }

    [Fact]
    public void Other_seeds_make_other_things_happen() =>
        Assert.Equal(50, Enumerable.Range(1, 50).Select(seed => Outcome.Of(Schedule.Of((ulong)seed, new())).Hash).Distinct().Count());

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Any_number_of_replicas_agrees(int replicas)
    {
        for (var seed = First; seed < First + 60; seed++) Assert.Null(Outcome.Of(Schedule.Of(seed, new() { Replicas = replicas })).Failure);
    }

    [Fact]
    public void Replicas_that_sign_agree_and_accuse_nobody()
    {
        var (first, count) = (Read("CRDT_SEED", First), Read("CRDT_CASES", 300));
        for (var seed = first; seed < first + count; seed++)
        {
            var outcome = Outcome.Of(Schedule.Of(seed, new() { Signs = true }));
            Assert.True(outcome.Failure is null, $"seed {seed}: {outcome.Failure}; 'dotnet run -c Release --project tests/Simulation -- --signed --seed {seed} --shrink' shows how");
        }
    }

    private static ulong Read(string variable, ulong otherwise) => ulong.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : otherwise;
}
