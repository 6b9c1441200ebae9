using Crdt.Clocks;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>How far a replica has been known to be.</summary>
internal sealed class Durable
{
    private readonly Dictionary<string, VersionVector> _vectors = [];
    private Stamp _clock;

    public long Revision { get; private set; }

    public VersionVector VectorOf(string lane) => _vectors.TryGetValue(lane, out var vector) ? vector : new();

    /// <summary>Takes note of a state, and demands that it isn't behind the one before.</summary>
    public void Advance(Peer peer, long revision, Stamp clock, IReadOnlyDictionary<string, VersionVector> vectors, bool isWhole)
    {
        if (revision < Revision || clock.CompareTo(_clock) < 0) throw new SimulationException($"{peer.Name} went back from revision {Revision} at {_clock} to {revision} at {clock}");
        foreach (var (lane, before) in _vectors)
        {
            if (vectors.TryGetValue(lane, out var vector) ? !vector.Covers(before) : isWhole) throw new SimulationException($"{peer.Name} went back in lane '{lane}' from {before} to {vector}");
        }

        (Revision, _clock) = (revision, clock);
        foreach (var (lane, vector) in vectors) _vectors[lane] = vector.Clone();
    }
}
