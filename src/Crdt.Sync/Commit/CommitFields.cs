using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync.Events;

namespace Crdt.Sync.Commit;

/// <summary>What messages and records have in common, as bytes.</summary>
internal static class CommitFields
{
    private const int MinEntity = 2;

    public static void WriteTransaction(this ref WireWriter writer, TransactionId id)
    {
        writer.WriteReplica(id.Coordinator);
        writer.WriteUInt64(id.Number);
    }

    public static TransactionId ReadTransaction(this ref WireReader reader)
    {
        var id = new TransactionId(reader.ReadReplica(), reader.ReadUInt64());
        return id.Number != 0 ? id : throw reader.Malformed("transactions count from 1");
    }

    public static void WriteReplicas(this ref WireWriter writer, IReadOnlyList<ReplicaId> replicas)
    {
        writer.WriteVarint((ulong)replicas.Count);
        foreach (var replica in replicas) writer.WriteReplica(replica);
    }

    /// <summary>Reads at least one replica, ascending.</summary>
    public static ReplicaId[] ReadReplicas(this ref WireReader reader, int limit)
    {
        var replicas = new ReplicaId[reader.ReadCount(ReplicaId.Size, limit)];
        if (replicas.Length == 0) throw reader.Malformed("there is no participant");
        for (var i = 0; i < replicas.Length; i++)
        {
            replicas[i] = reader.ReadReplica();
            if (i > 0 && replicas[i - 1].CompareTo(replicas[i]) >= 0) throw reader.Malformed("participants must ascend");
        }

        return replicas;
    }

    public static void WriteEntities(this ref WireWriter writer, IReadOnlyList<EntityId> entities)
    {
        writer.WriteVarint((ulong)entities.Count);
        foreach (var entity in entities) writer.WriteBlock(entity.Bytes);
    }

    /// <summary>Reads entities, ascending.</summary>
    public static EntityId[] ReadEntities(this ref WireReader reader)
    {
        var entities = new EntityId[reader.ReadCount(MinEntity)];
        for (var i = 0; i < entities.Length; i++)
        {
            var identity = reader.ReadBlock(WireLimits.Identity);
            entities[i] = EntityId.Read(identity, reader.Offset - identity.Length);
            if (i > 0 && entities[i - 1].CompareTo(entities[i]) >= 0) throw reader.Malformed("entities must ascend");
        }

        return entities;
    }

    /// <summary>Reads a block as a slice of the input, which is not copied.</summary>
    public static ReadOnlyMemory<byte> ReadContent(this ref WireReader reader, ReadOnlyMemory<byte> bytes, int limit)
    {
        var length = reader.ReadBlock(limit).Length;
        return bytes.Slice(reader.Offset - length, length);
    }

    /// <summary>Reads an event that the coordinator of the transaction has committed. What is in it is looked at where it is applied.</summary>
    public static ReadOnlyMemory<byte> ReadEvent(this ref WireReader reader, ReadOnlyMemory<byte> bytes, TransactionId id)
    {
        var content = reader.ReadContent(bytes, EventCodec.MaxEvent);
        var origin = EventCodec.ReadHead(content.Span).Origin;
        return origin == id.Coordinator ? content : throw reader.Malformed("the event of a transaction is its coordinator's");
    }
}
