using System.Buffers.Binary;
using Crdt.Clocks;

namespace Crdt.Browser.Storage;

/// <summary>The keys of events: where they lie in their lane's log, and in the index whose they are and which dot is their last.</summary>
internal static class EventKeys
{
    private const int PlaceOffset = sizeof(uint), OriginOffset = sizeof(uint), DotOffset = OriginOffset + ReplicaId.Size;

    public static byte[] Place(uint lane, long at)
    {
        var key = new byte[PlaceOffset + sizeof(long)];
        BinaryPrimitives.WriteUInt32BigEndian(key, lane);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(PlaceOffset), at);
        return key;
    }

    public static long PlaceOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[PlaceOffset..]);

    public static byte[] Dot(uint lane, ReplicaId origin, ulong last)
    {
        var key = new byte[DotOffset + sizeof(ulong)];
        BinaryPrimitives.WriteUInt32BigEndian(key, lane);
        origin.Write(key.AsSpan(OriginOffset));
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(DotOffset), last);
        return key;
    }

    /// <summary>A lane's log from a place on.</summary>
    public static KeyRange From(uint lane, long at) => new(Place(lane, at), Place(lane, long.MaxValue));

    /// <summary>The events of an origin from the one on whose last dot is this or above.</summary>
    public static KeyRange From(uint lane, ReplicaId origin, ulong dot) => new(Dot(lane, origin, dot), Dot(lane, origin, ulong.MaxValue));
}
