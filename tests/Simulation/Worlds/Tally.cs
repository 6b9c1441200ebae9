using Crdt.Sync.Sessions;
using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>Counts what was done.</summary>
internal sealed class Tally
{
    public Dictionary<string, long> Faults { get; } = [];

    /// <summary>How sessions brought two replicas together, each side of them counted.</summary>
    public Dictionary<SyncMode, long> Modes { get; } = [];

    public long Steps { get; set; }

    /// <summary>Events that their origins committed.</summary>
    public long Committed { get; set; }

    /// <summary>Events that were made durable anywhere, at their origins too.</summary>
    public long Applied { get; set; }

    public long Sessions { get; set; }

    public long Frames { get; set; }

    public long Held { get; set; }

    public void Fault(string kind) => Faults[kind] = Faults.GetValueOrDefault(kind) + 1;

    public void Fault(StepKind kind) => Fault($"{kind}");

    public void Add(Tally other)
    {
        foreach (var (kind, count) in other.Faults) Faults[kind] = Faults.GetValueOrDefault(kind) + count;
        foreach (var (mode, count) in other.Modes) Modes[mode] = Modes.GetValueOrDefault(mode) + count;
        (Steps, Committed, Applied) = (Steps + other.Steps, Committed + other.Committed, Applied + other.Applied);
        (Sessions, Frames, Held) = (Sessions + other.Sessions, Frames + other.Frames, Held + other.Held);
    }
}
