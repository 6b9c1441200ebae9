namespace Crdt.Tests.Simulation.Schedules;

/// <summary>What is simulated.</summary>
internal sealed record Options
{
    /// <summary>How many replicas there are.</summary>
    public int Replicas { get; init; } = 5;

    /// <summary>Whether logs are cut, so that replicas have to compare states.</summary>
    public bool CutsLogs { get; init; } = true;

    /// <summary>
    /// Whether the store gives a disk that was put back a new identity, which is what an engine without incarnations needs; otherwise that is left to the engine.
    /// </summary>
    public bool RenewsRestored { get; init; } = true;

    /// <summary>Whether replicas sign what they commit.</summary>
    public bool Signs { get; init; }

    /// <summary>Whether nothing is compressed, so that the same happens wherever it runs: hosts have other compressors.</summary>
    public bool IsPlain { get; init; }

    /// <summary>A mistake that is made on purpose.</summary>
    public Mistake Mistake { get; init; }
}
