using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>
/// What has to come out, reckoned from the events that were made durable, with sums and sets and nothing that merges.
/// </summary>
internal sealed class Reckoning
{
    private readonly List<CommittedEvent> _events = [];

    public int Count => _events.Count;

    /// <summary>Takes note of the events of a transaction: one for each lane.</summary>
    public void Commit(Peer peer, IReadOnlyList<StoredEvent> events, IReadOnlyList<Effect> effects)
    {
        foreach (var stored in events)
        {
            var own = stored with { First = Math.Max(stored.First, LastOf(stored) + 1) };
            _events.Add(new(peer, own, [.. effects.Where(effect => effect.Lane == stored.Lane)]));
        }
    }

    // An event that takes others in, which nobody has been told of, says again what they said: the transaction itself has the dots behind theirs.
    private ulong LastOf(StoredEvent stored) =>
        _events.Where(committed => committed.Stored.Lane == stored.Lane && committed.Stored.Origin == stored.Origin).Select(committed => committed.Stored.Last).DefaultIfEmpty().Max();

    /// <summary>A replica has issued events of its own again: the same under other names.</summary>
    public void Reissue(Peer peer, StoreCommit commit)
    {
        foreach (var span in commit.Replaced)
        {
            for (var i = 0; i < _events.Count; i++)
            {
                var stored = _events[i].Stored;
                if (stored.Lane != span.Lane || stored.Origin != span.Origin || stored.First < span.First || _events[i].Peer != peer) continue;
                var name = stored with { Origin = commit.Incarnation!.Replica, First = stored.First - span.First + 1, Last = stored.Last - span.First + 1 };
                _events[i] = _events[i] with { Stored = name, Former = [.. _events[i].Former, stored] };
            }
        }
    }

    /// <summary>The entities of which an event is there under two names: what it added counts twice, which is what is said of that in docs/identity.md.</summary>
    public HashSet<EntityId> Doubled(IReadOnlyDictionary<string, VersionVector> vectors) =>
        [.. _events.Where(committed => committed.Former.Append(committed.Stored).Count(name => IsCovered(name, vectors)) > 1).SelectMany(committed => committed.Effects).Select(effect => effect.Entity)];

    private static bool IsCovered(StoredEvent name, IReadOnlyDictionary<string, VersionVector> vectors) => vectors[name.Lane][name.Origin] >= name.Last;

    /// <summary>A disk was put back to the time when so many events were committed.</summary>
    public void Restore(Peer peer, int events)
    {
        foreach (var lost in _events.Skip(events).Where(committed => committed.Peer == peer)) lost.MayBeLost = true;
    }

    /// <summary>Demands that a vector covers each event as a whole or not at all.</summary>
    public void RequireWhole(Peer peer, string lane, VersionVector vector)
    {
        foreach (var committed in _events)
        {
            var stored = committed.Stored;
            if (stored.Lane == lane && vector[stored.Origin] >= stored.First && vector[stored.Origin] < stored.Last) throw new SimulationException($"{peer.Name} has {Show(committed)} in part");
        }
    }

    /// <summary>The effects of all events that the vectors cover.</summary>
    /// <exception cref="SimulationException">An event that nobody may lose isn't covered, or one is covered in part.</exception>
    public List<Effect> Covered(IReadOnlyDictionary<string, VersionVector> vectors)
    {
        var effects = new List<Effect>();
        foreach (var committed in _events)
        {
            var stored = committed.Stored;
            var covered = vectors[stored.Lane][stored.Origin];
            if (covered >= stored.Last || committed.Former.Any(name => IsCovered(name, vectors))) effects.AddRange(committed.Effects);
            else if (covered >= stored.First) throw new SimulationException($"{Show(committed)} is covered in part, up to {covered}");
            else if (!committed.MayBeLost) throw new SimulationException($"{Show(committed)} was acknowledged or durable, and is gone");
        }

        return effects;
    }

    public static Dictionary<(EntityId Entity, string Item), long> Sums(IEnumerable<Effect> effects) =>
        effects.Where(effect => effect.Kind == EffectKind.Count).GroupBy(effect => (effect.Entity, effect.Item)).ToDictionary(group => group.Key, group => group.Sum(effect => effect.Amount));

    /// <summary>What came and didn't go.</summary>
    public static HashSet<(EntityId Entity, string Item)> Present(IEnumerable<Effect> effects)
    {
        var present = effects.Where(effect => effect.Kind == EffectKind.Add).Select(effect => (effect.Entity, effect.Item)).ToHashSet();
        present.ExceptWith(effects.Where(effect => effect.Kind == EffectKind.Remove).Select(effect => (effect.Entity, effect.Item)));
        return present;
    }

    private static string Show(CommittedEvent committed) => $"the event {committed.Stored.First} to {committed.Stored.Last} of {committed.Peer.Name} in lane '{committed.Stored.Lane}'";
}
