using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Browser.Storage;

/// <summary>A lane as its record has it.</summary>
/// <param name="Number">What the keys of its events begin with, from 1.</param>
/// <param name="Vector">What was applied.</param>
/// <param name="Floor">Its log's floor; null where the log is whole.</param>
/// <param name="LastEvent">The place of the last event that was ever appended.</param>
internal sealed record StoreLane(uint Number, VersionVector Vector, VersionVector? Floor, long LastEvent)
{
    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static StoreLane Read(ReadOnlyMemory<byte> record)
    {
        var reader = new WireReader(record.Span);
        var (number, last, hasFloor) = (reader.ReadUInt32(), (long)reader.ReadVarint(), reader.ReadByte() != 0);
        var vector = VersionVector.Read(ref reader);
        return new(number, vector, hasFloor ? VersionVector.Read(ref reader) : null, last);
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(256);
        writer.WriteUInt32(Number);
        writer.WriteVarint((ulong)LastEvent);
        writer.WriteByte(Floor is null ? (byte)0 : (byte)1);
        Vector.Write(ref writer);
        Floor?.Write(ref writer);
        return writer.Finish();
    }
}
