using System.Buffers.Binary;
using Crdt.Codec;
using Crdt.Entities;

namespace Crdt.Sqlite;

/// <summary>
/// The keys of <see cref="EntityIndex"/>: an id as it is (1 a node, 2 a relationship), and for every relationship that is
/// no self-loop, under the tag 3, the hash of the node that it leads to with its row. The relationships that start at a
/// node need no key of their own, because ids of relationships begin with their source.
/// </summary>
internal static class IndexKey
{
    public const int IncomingSize = IncomingPrefixSize + 8;
    public const int IncomingPrefixSize = 9;
    private const byte RelationshipTag = 2;
    private const byte IncomingTag = 3;
    private const int TypeOffset = 1;
    private const int EndsOffset = 5;

    /// <summary>The first byte that no id begins with.</summary>
    public static ReadOnlySpan<byte> EndOfIds => [IncomingTag];

    /// <summary>The byte that ids of relationships begin with.</summary>
    public static ReadOnlySpan<byte> Relationships => [RelationshipTag];

    public static uint TypeOf(ReadOnlySpan<byte> id) => BinaryPrimitives.ReadUInt32BigEndian(id[TypeOffset..]);

    /// <summary>The node that a relationship leads to; nothing for a self-loop, which its source finds already.</summary>
    public static ReadOnlySpan<byte> OtherEnd(ReadOnlySpan<byte> relationship)
    {
        var reader = new WireReader(relationship[EndsOffset..], EndsOffset);
        var source = reader.ReadBlock();
        var target = reader.ReadBlock();
        return source.SequenceEqual(target) ? default : target;
    }

    /// <summary>The key under which a node finds a relationship that leads to it.</summary>
    public static void WriteIncoming(ReadOnlySpan<byte> target, long row, Span<byte> key)
    {
        WriteIncomingPrefix(target, key);
        BinaryPrimitives.WriteInt64BigEndian(key[IncomingPrefixSize..], row);
    }

    /// <summary>What all the keys of the relationships that lead to a node begin with.</summary>
    public static void WriteIncomingPrefix(ReadOnlySpan<byte> target, Span<byte> key)
    {
        key[0] = IncomingTag;
        BinaryPrimitives.WriteUInt64BigEndian(key[1..], KeyHash.Of(target));
    }

    public static long RowOfIncoming(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[IncomingPrefixSize..]);

    /// <summary>What the ids of all relationships of a type begin with.</summary>
    public static byte[] TypePrefix(uint type)
    {
        var prefix = new byte[EndsOffset];
        prefix[0] = RelationshipTag;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(TypeOffset), type);
        return prefix;
    }

    /// <summary>What the ids of all relationships of a type begin with that start at a node.</summary>
    public static byte[] OutgoingPrefix(uint type, EntityId source)
    {
        var writer = new WireWriter(64);
        writer.WriteBytes(TypePrefix(type));
        writer.WriteBlock(source.Bytes);
        return writer.Finish();
    }

    /// <summary>The least bytes above everything that begins with a prefix.</summary>
    public static byte[] Above(ReadOnlySpan<byte> prefix)
    {
        // A prefix begins with a tag below 255, so some byte can always be raised.
        var last = prefix.LastIndexOfAnyExcept((byte)255);
        var above = prefix[..(last + 1)].ToArray();
        above[last]++;
        return above;
    }
}
