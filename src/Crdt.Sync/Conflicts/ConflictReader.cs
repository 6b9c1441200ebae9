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
        foreach (var count in EncodedEntity.CountWrites(entity.State.Span))
        {
            hidden += count.Writes;
            if (!isAlive || !count.InConflict || type.FindField(count.Field) is not { } field) continue;
            conflicts.Add(new(ConflictKind.ConcurrentUpdate, type, entity.Id, field, count.Concurrent, field.Rule is null ? "last write wins" : "rule of the type"));
        }

        // Where updates win, the fields of a deleted entity are kept as a matter of course.
        if (!isAlive && type.Deletion == Deletion.DeleteWins) conflicts.Add(new(ConflictKind.DeletedAndUpdated, type, entity.Id, null, hidden, "delete wins"));
        return conflicts;
    }
}
