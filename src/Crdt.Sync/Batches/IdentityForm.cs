using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// The part of an identity that rows of one type have in common, without its keys.
/// <code>
/// head := 1 type[4] | 2 type[4] 1 type[4] 1 type[4]      a node; a relationship with the types of its source and target
/// </code>
/// </summary>
internal static class IdentityForm
{
    public const int NodeHead = 5, RelationshipHead = 3 * NodeHead;

    private const byte NodeTag = 1, RelationshipTag = 2;

    /// <summary>Whether bytes from elsewhere are a head.</summary>
    public static bool IsHead(ReadOnlySpan<byte> head) => head.Length switch
    {
        NodeHead => head[0] == NodeTag,
        RelationshipHead => head[0] == RelationshipTag && head[NodeHead] == NodeTag && head[2 * NodeHead] == NodeTag,
        _ => false,
    };

    /// <summary>Takes an identity apart.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="space">Room for a head.</param>
    /// <param name="source">The source's key, for a relationship.</param>
    /// <param name="target">The target's key, for a relationship.</param>
    /// <param name="key">The node's key, or the relationship's discriminator.</param>
    /// <returns>The head.</returns>
    /// <exception cref="WireFormatException">It has another form.</exception>
    public static ReadOnlySpan<byte> Split(
        ReadOnlySpan<byte> identity, Span<byte> space, out ReadOnlySpan<byte> source, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> key)
    {
        var reader = new WireReader(identity);
        reader.ReadBytes(NodeHead).CopyTo(space);
        var isRelationship = identity[0] == RelationshipTag;
        source = isRelationship ? SplitEnd(ref reader, space[NodeHead..]) : default;
        target = isRelationship ? SplitEnd(ref reader, space[(2 * NodeHead)..]) : default;
        key = reader.Rest;
        var head = space[..(isRelationship ? RelationshipHead : NodeHead)];
        return IsHead(head) ? head : throw new WireFormatException("neither a node nor a relationship is named here", 0);
    }

    private static ReadOnlySpan<byte> SplitEnd(scoped ref WireReader reader, Span<byte> space)
    {
        var end = reader.ReadNested();
        end.ReadBytes(NodeHead).CopyTo(space);
        return end.Rest;
    }
}
