using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Truth;

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
        if (EncodedEntity.IsAlive(entity.State.Span)) return [.. StoredConflicts.Of(type, entity.State.Span).Select(found => Of(type, entity.Id, found))];

        // Where updates win, the fields of a deleted entity are kept as a matter of course.
        return type.Deletion == Deletion.DeleteWins ? [DeletionOf(type, entity)] : [];
    }

    /// <summary>The conflicts that a row has and had not before. O(bytes) where it has any.</summary>
    public static IEnumerable<Conflict> ArisenIn(RowChange change, GraphSchema schema)
    {
        if (!change.Write.InConflict) return [];
        var before = change.Before.IsEmpty || !EncodedEntity.Inspect(change.Before.Span).InConflict ? [] : ConflictsOf(new(change.Write.Id, change.Before), schema);
        return ConflictsOf(new(change.Write.Id, change.Write.State), schema).ExceptBy(before.Select(conflict => conflict.Id), conflict => conflict.Id);
    }

    private static Conflict Of(EntityType type, EntityId entity, FieldConflict found) => new(ConflictKind.ConcurrentUpdate, type, entity, found.Field, found.Writes.Count, found.Rule)
    {
        Key = found.Key,
        Competing = found.Writes,
        Winner = found.Winner,
        Reads = found.Reads,
        Id = ConflictId.Of(entity, found.Field.Id, found.KeyBytes, found.Writes.Select(write => write.Dot)),
    };

    private static Conflict DeletionOf(EntityType type, StoredEntity entity)
    {
        var counts = EncodedEntity.CountWrites(entity.State.Span).Where(count => !EncodedEntity.OutlivesDeletion(count.Kind)).ToList();
        var met = new CausalContext();
        EncodedEntity.CollectRemovable(entity.State.Span, met);
        return new(ConflictKind.DeletedAndUpdated, type, entity.Id, null, counts.Sum(count => count.Writes), "delete_wins")
        {
            Hidden = HiddenIn(type, entity, [.. counts.Select(count => count.Field)]),
            Id = ConflictId.Of(entity.Id, met),
        };
    }

    private static Dictionary<string, object?> HiddenIn(EntityType type, StoredEntity entity, HashSet<uint> written)
    {
        var read = DynamicEntity.Create(type, entity.Id);
        read.State.ReadState(entity.State.Span);
        try
        {
            var names = type.Fields.Where(field => written.Contains(field.Id)).Select(field => field.Name).ToHashSet();
            return read.Values.Where(value => names.Contains(value.Key)).ToDictionary();
        }
        catch (WireFormatException)
        {
            return []; // One holds what is no value of its type, as only a peer in error sends it.
        }
    }
}
