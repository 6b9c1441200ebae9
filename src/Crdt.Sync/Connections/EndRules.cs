using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Connections;

/// <summary>
/// Does at a commit what the types of relationships say of their ends: deletes the relationships of deleted nodes that cascade, and renews the
/// nodes that are connected by relationships that restore them.
/// </summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types.</param>
internal sealed class EndRules(IReplicaStore store, GraphSchema schema)
{
    private readonly HashSet<EntityType> _cascading = [.. schema.Types.Where(type => type.OnEndDeleted == OnEndDeleted.Cascade)];
    private readonly HashSet<EntityType> _restoring = [.. schema.Types.Where(type => type.OnEndDeleted == OnEndDeleted.Restore)];

    /// <summary>Whether any type says so.</summary>
    public bool AreNeeded => _cascading.Count + _restoring.Count > 0;

    /// <summary>Adds what follows. O(relationships, of all types, of the nodes that are deleted + relationships that are connected).</summary>
    public async ValueTask ApplyAsync(ExtendedWrites writes, CancellationToken cancellationToken)
    {
        await CascadeAsync(writes, cancellationToken).ConfigureAwait(false);
        await RestoreAsync(writes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CascadeAsync(ExtendedWrites writes, CancellationToken cancellationToken)
    {
        var ends = _cascading.SelectMany(type => new[] { type.Source!, type.Target! }).ToHashSet();
        var gone = writes.All.Where(touched => !touched.State.IsAlive && ends.Contains(touched.State.Type)).Select(touched => touched.State.Id).ToHashSet();
        if (gone.Count == 0) return;
        foreach (var touched in writes.All.Where(touched => touched.State.IsAlive && Cascades(touched.State.Id, gone))) touched.State.Delete();
        var incident = await store.ReadIncidentAsync([.. gone], cancellationToken).ConfigureAwait(false);
        var stored = incident.Where(id => Cascades(id, gone) && writes.Find(id) is null).ToList();
        var rows = await store.ReadAsync(stored, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < stored.Count; i++)
        {
            if (EncodedEntity.IsAlive(rows[i].Span)) writes.Add(schema.TypeOf(stored[i]), stored[i], rows[i]).Delete();
        }
    }

    private bool Cascades(EntityId id, HashSet<EntityId> gone)
    {
        if (!id.IsRelationship || schema.Find(id.TypeId) is not { } type || !_cascading.Contains(type)) return false;
        var (source, target) = id.Ends();
        return gone.Contains(source) || gone.Contains(target);
    }

    private async ValueTask RestoreAsync(ExtendedWrites writes, CancellationToken cancellationToken)
    {
        var connected = writes.All.Where(touched => touched.Connects && touched.State.IsAlive && _restoring.Contains(touched.State.Type)).Select(touched => touched.State.Id.Ends());
        var stored = new List<EntityId>();
        foreach (var node in connected.SelectMany(ends => new[] { ends.Source, ends.Target }).Distinct())
        {
            if (writes.Find(node) is not { } touched) stored.Add(node);
            else if (touched is { Connects: false, State.IsAlive: true }) touched.State.RenewLiveness();
        }

        var rows = await store.ReadAsync(stored, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < stored.Count; i++)
        {
            if (EncodedEntity.IsAlive(rows[i].Span)) writes.Add(schema.TypeOf(stored[i]), stored[i], rows[i]).RenewLiveness();
        }
    }
}
