using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Entities;

/// <summary>
/// What an entity is called everywhere: its type's number with a node's key, or with the two ends of a relationship and
/// its discriminator. A value over canonical bytes: equal ids have equal bytes. Nodes sort before relationships.
/// </summary>
public readonly struct EntityId : IEquatable<EntityId>, IComparable<EntityId>
{
    private const byte NodeTag = 1;
    private const byte RelationshipTag = 2;
    private const int KeyOffset = 5;
    private readonly byte[]? _bytes;

    private EntityId(byte[] bytes) => _bytes = bytes;

    /// <summary>The canonical bytes; empty for the default value, which names nothing.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The canonical bytes as memory that can be kept. They must not be changed.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>The number of the entity's type.</summary>
    public uint TypeId => Reader(1).ReadUInt32();

    /// <summary>Whether this is a relationship and so has <see cref="Source"/> and <see cref="Target"/>.</summary>
    public bool IsRelationship => _bytes is { Length: > 0 } && _bytes[0] == RelationshipTag;

    /// <summary>The node that a relationship starts from.</summary>
    /// <exception cref="InvalidOperationException">This is a node.</exception>
    public EntityId Source => Ends().Source;

    /// <summary>The node that a relationship leads to.</summary>
    /// <exception cref="InvalidOperationException">This is a node.</exception>
    public EntityId Target => Ends().Target;

    /// <summary>Both ends of a relationship.</summary>
    /// <exception cref="InvalidOperationException">This is a node.</exception>
    public (EntityId Source, EntityId Target) Ends()
    {
        if (!IsRelationship) throw new InvalidOperationException("A node has no ends.");
        var reader = Reader(KeyOffset);
        return (new(reader.ReadBlock().ToArray()), new(reader.ReadBlock().ToArray()));
    }

    /// <summary>The canonical bytes of a node's key or a relationship's discriminator.</summary>
    public ReadOnlySpan<byte> Key
    {
        get
        {
            var reader = Reader(KeyOffset);
            if (!IsRelationship) return reader.Rest;
            reader.ReadBlock();
            reader.ReadBlock();
            return reader.Rest;
        }
    }

    /// <summary>The key of a node, or the discriminator of a relationship; none where the type has no key.</summary>
    /// <exception cref="WireFormatException">The id holds no key of the declared type.</exception>
    public EntityKey KeyOf(EntityType type)
    {
        if (type.Key is { } key) return EntityKey.Read(Key, key.Value);
        return Key.IsEmpty ? default : throw new WireFormatException($"'{type.Name}' declares no key, and this identity has one", 0);
    }

    /// <summary>Names a node.</summary>
    /// <exception cref="ArgumentException">The key is not of the type that <paramref name="type"/> declares, or is too long.</exception>
    public static EntityId Node(EntityType type, EntityKey key)
    {
        if (type.IsRelationship) throw new ArgumentException($"'{type.Name}' is a relationship; name it by its ends.", nameof(type));
        var writer = new WireWriter(64);
        WriteHead(ref writer, NodeTag, type);
        key.Write(ref writer, type.Key, type.Name);
        return Create(ref writer, type);
    }

    /// <summary>Names a relationship by its ends, and by a discriminator where its type declares one.</summary>
    /// <exception cref="ArgumentException">An end is not of the type that <paramref name="type"/> connects, or the discriminator doesn't fit.</exception>
    public static EntityId Relationship(EntityType type, EntityId source, EntityId target, EntityKey discriminator = default)
    {
        if (!type.IsRelationship) throw new ArgumentException($"'{type.Name}' is a node; name it by its key.", nameof(type));
        RequireEnd(source, type.Source, type, nameof(source));
        RequireEnd(target, type.Target, type, nameof(target));
        var writer = new WireWriter(128);
        WriteHead(ref writer, RelationshipTag, type);
        writer.WriteBlock(source.Bytes);
        writer.WriteBlock(target.Bytes);
        if (type.Key is { } key) discriminator.Write(ref writer, key, type.Name);
        else if (!discriminator.IsNone) throw new ArgumentException($"'{type.Name}' declares no key, so its relationships have no discriminator.", nameof(discriminator));
        return Create(ref writer, type);
    }

    /// <summary>Takes bytes from elsewhere after checking their form.</summary>
    /// <exception cref="WireFormatException">The bytes do not name an entity.</exception>
    public static EntityId Read(ReadOnlySpan<byte> bytes, int origin = 0)
    {
        Check(new WireReader(bytes, origin), allowRelationship: true);
        return new(bytes.ToArray());
    }

    /// <summary>Takes bytes from elsewhere that have to name an entity of one type: its ends and its key are read too.</summary>
    /// <exception cref="WireFormatException">The bytes do not name an entity of this type.</exception>
    public static EntityId Read(ReadOnlySpan<byte> bytes, EntityType type, int origin = 0)
    {
        var id = Read(bytes, origin);
        id.RequireOf(type, origin);
        return id;
    }

    /// <summary>Takes over bytes that this library wrote itself, without checking or copying them.</summary>
    public static EntityId FromTrusted(byte[] bytes) => new(bytes);

    /// <summary>
    /// What sorts before every other entity of a type, for a scan to begin with. A node whose key is the empty text has this very identity.
    /// </summary>
    internal static EntityId Least(EntityType type)
    {
        var writer = new WireWriter(KeyOffset);
        WriteHead(ref writer, type.IsRelationship ? RelationshipTag : NodeTag, type);
        return new(writer.Finish());
    }

    /// <summary>What sorts before every relationship of a type that starts at a node, and behind those of the nodes before it.</summary>
    internal static EntityId LeastFrom(EntityType type, EntityId source)
    {
        var writer = new WireWriter(64);
        WriteHead(ref writer, RelationshipTag, type);
        writer.WriteBlock(source.Bytes);
        return new(writer.Finish());
    }

    /// <inheritdoc/>
    public bool Equals(EntityId other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntityId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Orders by bytes.</summary>
    public int CompareTo(EntityId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>The bytes in hexadecimal, for logs.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(EntityId left, EntityId right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(EntityId left, EntityId right) => !left.Equals(right);

    private static void RequireEnd(EntityId end, EntityType expected, EntityType relationship, string parameter)
    {
        if (end._bytes is null || end.IsRelationship || end.TypeId != expected.Id)
            throw new ArgumentException($"'{relationship.Name}' connects {relationship.Source!.Name} to {relationship.Target!.Name}; its {parameter} has to be a {expected.Name}.", parameter);
    }

    private static void WriteHead(ref WireWriter writer, byte tag, EntityType type)
    {
        writer.WriteByte(tag);
        writer.WriteUInt32(type.Id);
    }

    private static EntityId Create(ref WireWriter writer, EntityType type) => writer.Length <= WireLimits.Identity
        ? new(writer.Finish())
        : throw new ArgumentException($"The key of this {type.Name} takes {writer.Length} bytes; the limit is {WireLimits.Identity}.");

    private static void Check(WireReader reader, bool allowRelationship)
    {
        if (reader.Remaining > WireLimits.Identity) throw reader.Malformed($"an entity's identity exceeds {WireLimits.Identity} bytes");
        var tag = reader.ReadByte();
        reader.ReadUInt32();
        if (tag == NodeTag) return;
        if (tag != RelationshipTag || !allowRelationship) throw reader.Malformed("neither a node nor a relationship is named here");
        Check(reader.ReadNested(WireLimits.Identity), allowRelationship: false);
        Check(reader.ReadNested(WireLimits.Identity), allowRelationship: false);
    }

    private void RequireOf(EntityType type, int origin)
    {
        if (TypeId != type.Id || IsRelationship != type.IsRelationship) throw new WireFormatException($"{this} does not name a {type.Name}", origin);
        KeyOf(type);
        if (!type.IsRelationship) return;
        var (source, target) = Ends();
        source.RequireOf(type.Source, origin);
        target.RequireOf(type.Target, origin);
    }

    private WireReader Reader(int offset) => new(_bytes.AsSpan(offset), offset);
}
