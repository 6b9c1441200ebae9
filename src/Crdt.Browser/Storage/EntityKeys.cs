using System.Buffers.Binary;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>The keys by which entities are found other than by their ids. The first byte tells the kinds apart.</summary>
internal static class EntityKeys
{
    private const byte DeadTag = 1, ConflictTag = 2, EndTag = 3, RowTag = 4, ClaimTag = 5;
    private const byte NodeTag = 1, RelationshipTag = 2;

    /// <summary>Leads to the entities of a type that are not alive.</summary>
    public static byte[] Dead(uint type) => Tagged(DeadTag, type);

    /// <summary>Leads to an entity in conflict: its own id, so that they come in the order of ids.</summary>
    public static byte[] Conflict(ReadOnlySpan<byte> id) => Tagged(ConflictTag, id);

    /// <summary>Leads from a node to the relationships that start or end at it.</summary>
    public static byte[] End(ReadOnlySpan<byte> node) => Tagged(EndTag, node);

    public static byte[] Row(long row)
    {
        var key = new byte[1 + sizeof(long)];
        key[0] = RowTag;
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(1), row);
        return key;
    }

    public static byte[] Claim(UniqueClaim claim) => Tagged(ClaimTag, claim.ToBytes());

    /// <summary>All values of unique fields.</summary>
    public static KeyRange Claims => KeyRange.Beginning([ClaimTag]);

    /// <summary>The claim that a key of the index is made of.</summary>
    public static UniqueClaim ClaimOf(ReadOnlySpan<byte> key) => UniqueClaim.Read(key[1..]);

    /// <summary>The entities in conflict above one.</summary>
    public static KeyRange ConflictsAbove(EntityId id) => KeyRange.Beginning([ConflictTag]).After(Conflict(id.Bytes));

    /// <summary>The ids of all entities of a type, which are nodes or relationships.</summary>
    public static KeyRange OfType(bool isRelationship, uint type) => KeyRange.Beginning(Tagged(isRelationship ? RelationshipTag : NodeTag, type));

    /// <summary>The ids of the relationships of a type that start at a node.</summary>
    public static KeyRange Outgoing(uint type, EntityId source)
    {
        var writer = new Codec.WireWriter(64);
        writer.WriteBytes(Tagged(RelationshipTag, type));
        writer.WriteBlock(source.Bytes);
        return KeyRange.Beginning(writer.Finish());
    }

    private static byte[] Tagged(byte tag, uint type)
    {
        var key = new byte[1 + sizeof(uint)];
        key[0] = tag;
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(1), type);
        return key;
    }

    private static byte[] Tagged(byte tag, ReadOnlySpan<byte> rest)
    {
        var key = new byte[1 + rest.Length];
        key[0] = tag;
        rest.CopyTo(key.AsSpan(1));
        return key;
    }
}
