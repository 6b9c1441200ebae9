using Crdt.Testing.Histories;

namespace Crdt.Tests.Simulation.Schedules;

/// <summary>What happens in one simulation, drawn from a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Options">What is simulated.</param>
/// <param name="Steps">What happens.</param>
internal sealed record Schedule(ulong Seed, Options Options, IReadOnlyList<Step> Steps)
{
    private const int FewestSteps = 30, MostSteps = 80;

    // How often each kind comes, in the order of the kinds.
    private static readonly int[] Weights = [30, 6, 14, 28, 7, 5, 5, 3, 8, 4, 3, 2, 2, 3, 2, 5, 3, 4, 5, 6];

    public static Schedule Of(ulong seed, Options options)
    {
        var dice = new Dice(seed);
        // Some schedules have no faults at all but concurrency, some only a few kinds: rare combinations would drown otherwise.
        var (count, calm) = (FewestSteps + dice.Below(MostSteps - FewestSteps + 1), dice.Next());
        var weights = Weights.Select((weight, kind) => kind > (int)StepKind.Tick && (calm >> kind & 1) == 0 ? 0 : weight).ToArray();
        if (!options.CutsLogs) weights[(int)StepKind.Cut] = 0;
        var steps = new Step[count];
        for (var i = 0; i < count; i++) steps[i] = new(Pick(weights, dice), (byte)dice.Below(options.Replicas), (byte)dice.Below(options.Replicas - 1), dice.Next());
        return new(seed, options, steps);
    }

    private static StepKind Pick(int[] weights, Dice dice)
    {
        var roll = dice.Below(weights.Sum());
        for (var kind = 0; ; kind++)
        {
            if ((roll -= weights[kind]) < 0) return (StepKind)kind;
        }
    }
}
