using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Projecting;

/// <summary>Who is alive, and who was at a watermark: what has changed since says so itself, and everything else is as it was.</summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
internal sealed class Existences(IReplicaStore store)
{
    private readonly Dictionary<EntityId, Existence> _known = [];
    private readonly Dictionary<EntityId, ReadOnlyMemory<byte>> _states = [];
    private readonly Dictionary<EntityId, (EntityId Source, EntityId Target)> _ends = [];
    private readonly HashSet<EntityId> _changed = [];

    /// <summary>The relationships whose states are known.</summary>
    public IReadOnlyCollection<EntityId> Relationships => _states.Keys;

    public Existence this[EntityId id] => _known[id];

    /// <summary>The state of a relationship now; empty where nothing of it is left.</summary>
    public ReadOnlyMemory<byte> StateOf(EntityId relationship) => _states[relationship];

    /// <summary>Whether an entity has changed since the watermark.</summary>
    public bool HasChanged(EntityId id) => _changed.Contains(id);

    /// <summary>Takes what has changed since the watermark, or what is to be taken for new.</summary>
    public Existence Add(EntityId id, bool wasAlive, ReadOnlyMemory<byte> state)
    {
        var existence = _known[id] = new(wasAlive, EncodedEntity.IsAlive(state.Span));
        if (id.IsRelationship) _states[id] = state;
        _changed.Add(id);
        return existence;
    }

    /// <summary>Whether both ends of a relationship are alive, and were; they were looked up.</summary>
    public Existence OfEnds(EntityId relationship)
    {
        var (source, target) = _ends[relationship];
        return _known[source].And(_known[target]);
    }

    /// <summary>Whether a relationship and both its ends are alive, and were; they were looked up.</summary>
    public Existence WithEnds(EntityId relationship) => _known[relationship].And(OfEnds(relationship));

    /// <summary>Looks up the ends of relationships. O(n log N).</summary>
    public ValueTask LookUpEndsAsync(IEnumerable<EntityId> relationships, CancellationToken cancellationToken)
    {
        var nodes = new List<EntityId>();
        foreach (var id in relationships)
        {
            if (_ends.ContainsKey(id)) continue;
            var (source, target) = _ends[id] = id.Ends();
            nodes.Add(source);
            nodes.Add(target);
        }

        return LookUpAsync(nodes, cancellationToken);
    }

    /// <summary>Looks up what isn't known yet, and so has not changed. O(n log N).</summary>
    public async ValueTask LookUpAsync(IEnumerable<EntityId> ids, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !_known.ContainsKey(id)).Distinct().ToList();
        if (missing.Count == 0) return;
        var found = await store.ReadAsync(missing, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < missing.Count; i++)
        {
            var isAlive = EncodedEntity.IsAlive(found[i].Span);
            _known[missing[i]] = new(isAlive, isAlive);
            if (missing[i].IsRelationship) _states.Add(missing[i], found[i]);
        }
    }
}
