using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>How far a replica has been known to be.</summary>
internal sealed class Durable
{
    private readonly Dictionary<string, VersionVector> _vectors = [];
    private Stamp _clock;

    public long Revision { get; private set; }

    public VersionVector VectorOf(string lane) => _vectors.TryGetValue(lane, out var vector) ? vector : new();

    /// <summary>
    /// Takes note of a clock that was set right, with the events that got other names for it, and demands that it had been wrong and that nothing else went
    /// back.
    /// </summary>
    public void Recover(Peer peer, StoreCommit commit, DateTimeOffset latest)
    {
        if (_clock.CompareTo(Stamp.FromTime(latest.AddMilliseconds(1))) < 0) throw new SimulationException($"{peer.Name} set its clock at {_clock} back, which wasn't wrong");
        if (commit.Clock.CompareTo(Stamp.FromTime(latest.AddMilliseconds(1))) >= 0) throw new SimulationException($"{peer.Name} set its clock right to {commit.Clock}");
        foreach (var span in commit.Replaced)
        {
            var (before, expected) = (VectorOf(span.Lane), new VersionVector());
            foreach (var (origin, counter) in before.Entries) expected.Advance(origin, origin == span.Origin ? span.First - 1 : counter);
            expected.Advance(commit.Incarnation!.Replica, before[span.Origin] - span.First + 1);
            if (!commit.Vectors[span.Lane].Equals(expected)) throw new SimulationException($"{peer.Name} issued again from {span.First} on in lane '{span.Lane}', and went from {before} to {commit.Vectors[span.Lane]}");
            _vectors.Remove(span.Lane);
        }

        _clock = default;
    }

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
