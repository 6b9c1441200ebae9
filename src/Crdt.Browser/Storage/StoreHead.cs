using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Browser.Storage;

/// <summary>The numbers that go up with commits.</summary>
/// <param name="Clock">The newest stamp given or observed.</param>
/// <param name="Revision">The number of the last commit.</param>
/// <param name="LastRow">The last row that was given to an entity.</param>
/// <param name="Forgotten">The highest watermark whose changes were forgotten.</param>
internal readonly record struct StoreHead(Stamp Clock, long Revision, long LastRow, long Forgotten)
{
    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static StoreHead Read(ReadOnlyMemory<byte> record)
    {
        var reader = new WireReader(record.Span);
        return new(new(reader.ReadVarint()), (long)reader.ReadVarint(), (long)reader.ReadVarint(), (long)reader.ReadVarint());
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(40);
        writer.WriteVarint(Clock.Value);
        writer.WriteVarint((ulong)Revision);
        writer.WriteVarint((ulong)LastRow);
        writer.WriteVarint((ulong)Forgotten);
        return writer.Finish();
    }
}
