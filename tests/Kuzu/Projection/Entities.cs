using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Makes what batches are made of.</summary>
internal static class Entities
{
    // One for each thread: test classes run side by side, and a replica is for one thread at a time.
    [ThreadStatic]
    private static Replica? _writer;

    private static Replica Writer => _writer ??= new("writer");

    /// <summary>A batch out of nodes and relationships in any order.</summary>
    public static ProjectionBatch Batch(
        long? watermark, IEnumerable<ProjectedEntity>? created = null, IEnumerable<ProjectedEntity>? updated = null, IEnumerable<EntityId>? deleted = null)
    {
        var (creations, updates, deletions) = (created?.ToList() ?? [], updated?.ToList() ?? [], deleted?.ToList() ?? []);
        return new(
            watermark,
            [.. deletions.Where(id => id.IsRelationship)],
            [.. deletions.Where(id => !id.IsRelationship)],
            [.. creations.Where(entity => !entity.Id.IsRelationship)],
            [.. updates.Where(entity => !entity.Id.IsRelationship)],
            [.. creations.Where(entity => entity.Id.IsRelationship)],
            [.. updates.Where(entity => entity.Id.IsRelationship)]);
    }

    /// <summary>An entity that was created and then written to.</summary>
    public static ProjectedEntity Written(EntityType type, EntityId id, Field[] fields, Action? write = null)
    {
        var state = new EntityState(type, id, Writer, fields);
        state.Create();
        write?.Invoke();
        return Of(state);
    }

    /// <summary>An entity as it is.</summary>
    public static ProjectedEntity Of(EntityState state) => new(state.Id, StateOf(state));

    /// <summary>An entity that was created and nothing else, of a type with any fields.</summary>
    public static ProjectedEntity Unwritten(EntityType type, EntityId id)
    {
        var bare = new EntityType(type.Name, type.Table, type.Lane, type.Key, type.Source, type.Target);
        return Written(bare, id, []);
    }

    // The encoding of an entity begins with its format and its identity; the state is the rest.
    private static byte[] StateOf(EntityState state)
    {
        var reader = new WireReader(state.Encode());
        reader.ReadByte();
        reader.ReadBlock();
        return reader.Rest.ToArray();
    }
}
