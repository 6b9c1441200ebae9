using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;

namespace Crdt.Sync.Conflicts;

/// <summary>Which conflict: where it is, and a hash of the key and of the writes that met.</summary>
internal readonly record struct ConflictId(EntityId Entity, uint Field, UInt128 Met)
{
    public static ConflictId Of(EntityId entity, uint field, ReadOnlySpan<byte> key, IEnumerable<Dot> met)
    {
        var writer = new WireWriter(capacity: 64);
        writer.WriteBlock(key);
        foreach (var dot in met)
        {
            writer.WriteReplica(dot.Replica);
            writer.WriteVarint(dot.Counter);
        }

        return new(entity, field, HashOf(ref writer));
    }

    public static ConflictId Of(EntityId entity, CausalContext met)
    {
        var writer = new WireWriter(capacity: 64);
        foreach (var range in met.Ranges)
        {
            writer.WriteReplica(range.Replica);
            writer.WriteVarint(range.First);
            writer.WriteVarint(range.Last);
        }

        return new(entity, 0, HashOf(ref writer));
    }

    private static UInt128 HashOf(ref WireWriter writer)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(writer.Written, hash);
        writer.Dispose();
        return new WireReader(hash).ReadUInt128();
    }
}
