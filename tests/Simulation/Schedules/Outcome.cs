using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Schedules;

/// <summary>What came of a schedule.</summary>
/// <param name="Hash">Of all that happened.</param>
/// <param name="Tally">What was done.</param>
/// <param name="Failure">What is wrong; null where nothing is.</param>
internal sealed record Outcome(ulong Hash, Tally Tally, string? Failure)
{
    public static Outcome Of(Schedule schedule, Action<string>? words = null)
    {
        var trace = new Trace(words);
        var world = new World(schedule, trace);
        try
        {
            world.Run();
            return new(trace.Hash, world.Tally, null);
        }
        catch (Exception error)
        {
            // Whatever it is, nobody expected it.
            return new(trace.Hash, world.Tally, error is SimulationException ? error.Message : $"{error}");
        }
    }
}
