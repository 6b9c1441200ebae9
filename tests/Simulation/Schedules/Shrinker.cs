namespace Crdt.Tests.Simulation.Schedules;

/// <summary>Makes a schedule that fails smaller, by leaving out stretches of its steps as long as it fails (Zeller, <i>Delta debugging</i>, 2002).</summary>
internal static class Shrinker
{
    public static Schedule Shrink(Schedule schedule)
    {
        var steps = schedule.Steps;
        for (var length = steps.Count; length > 0;)
        {
            var shorter = Without(schedule, steps, length);
            if (shorter is not null) steps = shorter;
            else length /= 2;
            length = Math.Min(length, steps.Count);
        }

        return schedule with { Steps = steps };
    }

    private static IReadOnlyList<Step>? Without(Schedule schedule, IReadOnlyList<Step> steps, int length)
    {
        for (var start = 0; start + length <= steps.Count; start += length)
        {
            IReadOnlyList<Step> fewer = [.. steps.Take(start), .. steps.Skip(start + length)];
            if (Outcome.Of(schedule with { Steps = fewer }).Failure is not null) return fewer;
        }

        return null;
    }
}
