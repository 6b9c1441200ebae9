using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation;

/// <summary>What finds nothing proves something only where it finds what is there. Mistakes in the engine itself are tried by hand: docs/simulation.md.</summary>
public sealed class MistakeTests
{
    private const ulong Patience = 300;

    public static TheoryData<string> Mistakes => [.. Enum.GetNames<Mistake>().Where(name => name != nameof(Mistake.None))];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_of_the_store_is_found(string name)
    {
        var options = new Options { Mistake = Enum.Parse<Mistake>(name) };
        Assert.Contains(Seeds(), seed => Outcome.Of(Schedule.Of(seed, options)).Failure is not null);
    }

    [Fact]
    public void A_schedule_that_fails_is_shrunk_to_the_steps_that_it_takes()
    {
        var options = new Options { Mistake = Mistake.LosesRows };
        var schedule = Seeds().Select(seed => Schedule.Of(seed, options)).First(schedule => Outcome.Of(schedule).Failure is not null);
        var shrunk = Shrinker.Shrink(schedule);
        Assert.NotNull(Outcome.Of(shrunk).Failure);
        Assert.True(shrunk.Steps.Count <= 8, $"{shrunk.Steps.Count} steps are left");
        for (var i = 0; i < shrunk.Steps.Count; i++)
        {
            Step[] fewer = [.. shrunk.Steps.Take(i), .. shrunk.Steps.Skip(i + 1)];
            Assert.Null(Outcome.Of(shrunk with { Steps = fewer }).Failure);
        }
    }

    private static IEnumerable<ulong> Seeds()
    {
        for (var seed = 1UL; seed <= Patience; seed++) yield return seed;
    }
}
