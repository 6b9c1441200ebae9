using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Signatures;

/// <summary>Whose event a linked one is, and its place among them.</summary>
/// <param name="Origin">Who is said to have committed it.</param>
/// <param name="First">The first of its dots.</param>
/// <param name="Next">The first dot of the event after it.</param>
internal readonly record struct LinkPlace(ReplicaId Origin, ulong First, ulong Next)
{
    /// <summary>Reads it in what stands behind the hash of the event before.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public static LinkPlace Of(ReadOnlySpan<byte> rest)
    {
        var reader = new WireReader(rest);
        reader.ReadBlock(); // the lane
        var (origin, first, count) = (reader.ReadReplica(), reader.ReadVarint(), reader.ReadVarint());
        return new(origin, first, first + count);
    }
}
