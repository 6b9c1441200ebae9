using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Conflicts;

/// <summary>Finds the conflicts in stored states.</summary>
internal static class ConflictReader
{
    public static async ValueTask<List<StoredEntity>> ReadAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        var entities = new List<StoredEntity>();
        await foreach (var entity in store.ScanConflictsAsync(cancellationToken).ConfigureAwait(false)) entities.Add(entity);
        return entities;
    }

    public static IReadOnlyList<Conflict> ConflictsOf(StoredEntity entity, GraphSchema schema)
    {
        if (schema.Find(entity.Id.TypeId) is not { } type) return [];
        var isAlive = EncodedEntity.IsAlive(entity.State.Span);
        var conflicts = new List<Conflict>();
        var hidden = 0;
        foreach (var (id, kind, writes) in EncodedEntity.CountWrites(entity.State.Span))
        {
            hidden += writes;
            if (!isAlive || kind != FieldKind.Register || writes < 2 || type.FindField(id) is not { } field) continue;
            conflicts.Add(new(ConflictKind.ConcurrentUpdate, type, entity.Id, field, writes, field.Rule is null ? "last write wins" : "rule of the type"));
        }

        if (!isAlive) conflicts.Add(new(ConflictKind.DeletedAndUpdated, type, entity.Id, null, hidden, "delete wins"));
        return conflicts;
    }
}
