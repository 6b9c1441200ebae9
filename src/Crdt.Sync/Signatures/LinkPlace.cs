using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Signatures;

/// <summary>Where in an event, behind its seal, the hash of the one before it stands, and whose event it is.</summary>
/// <param name="Offset">The offset of the hash.</param>
/// <param name="Origin">Who is said to have committed it.</param>
/// <param name="First">The first of its dots.</param>
/// <param name="Next">The first dot of the event after it.</param>
internal readonly record struct LinkPlace(int Offset, ReplicaId Origin, ulong First, ulong Next)
{
    /// <summary>Reads what stands before it.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public static LinkPlace Of(ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content);
        reader.ReadBlock(); // the lane
        var (origin, first, count) = (reader.ReadReplica(), reader.ReadVarint(), reader.ReadVarint());
        return new(reader.Offset, origin, first, first + count);
    }
}
