using Crdt.Codec;

namespace Crdt.Sync.Signatures;

/// <summary>Where the chain of an origin's events in a lane has come, as far as it is known here.</summary>
/// <param name="Last">The last dot of the last event.</param>
/// <param name="Hash">The hash of that event.</param>
internal readonly record struct ChainHead(ulong Last, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Reads what was noted.</summary>
    public static ChainHead Read(ReadOnlyMemory<byte> note)
    {
        var reader = new WireReader(note.Span);
        var last = reader.ReadVarint();
        if (reader.Remaining != SealedEvent.HashSize) throw reader.Malformed("the head of a chain of events can't be read");
        return new(last, note[reader.Offset..]);
    }

    /// <summary>The note.</summary>
    public ReadOnlyMemory<byte> Note()
    {
        var writer = new WireWriter(SealedEvent.HashSize + 10);
        writer.WriteVarint(Last);
        writer.WriteBytes(Hash.Span);
        return writer.Finish();
    }
}
