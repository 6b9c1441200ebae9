using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Sync.Sessions;

/// <summary>
/// What replicas say to each other, and its wire form.
/// <code>
/// frame  := type[1] body crc32c[4]
/// hello  := major minor id[16] block(name) schema { block(lane) vector }*
/// events := block(lane) { block(event) }*
/// ack    := block(lane) vector
/// done   := block(lane) vector
/// bye    := reason[1] block(text)
/// </code>
/// </summary>
public abstract record Frame(FrameType Type)
{
    private const int MaxName = 512;
    private const int ChecksumSize = 4;

    /// <summary>Opens a session.</summary>
    public sealed record Hello(
        int Major, int Minor, ReplicaId Replica, string Name, GraphSchema Schema, IReadOnlyDictionary<string, VersionVector> Vectors)
        : Frame(FrameType.Hello);

    /// <summary>Carries events in causal order.</summary>
    public sealed record Events(string Lane, IReadOnlyList<ReadOnlyMemory<byte>> Encoded) : Frame(FrameType.Events);

    /// <summary>Confirms one <see cref="Events"/> frame.</summary>
    public sealed record Ack(string Lane, VersionVector Vector) : Frame(FrameType.Ack);

    /// <summary>Ends what one side has to send in a lane.</summary>
    public sealed record Done(string Lane, VersionVector Vector) : Frame(FrameType.Done);

    /// <summary>Ends the session.</summary>
    public sealed record Bye(SessionEnd Reason, string Text) : Frame(FrameType.Bye);

    /// <summary>The frame's bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(1024);
        writer.WriteByte((byte)Type);
        WriteBody(ref writer);
        writer.WriteUInt32(Checksum(writer.Written));
        return writer.Finish();
    }

    /// <summary>Reads a frame.</summary>
    /// <exception cref="WireFormatException">It is truncated, altered, oversized, or no frame at all.</exception>
    public static Frame Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > WireLimits.Frame) throw new WireFormatException($"a frame of {bytes.Length} bytes exceeds the limit of {WireLimits.Frame}", 0);
        if (bytes.Length <= ChecksumSize) throw new WireFormatException("a frame is truncated", bytes.Length);
        var content = bytes[..^ChecksumSize];
        var trailer = new WireReader(bytes.Span[^ChecksumSize..], content.Length);
        if (trailer.ReadUInt32() != Checksum(content.Span)) throw new WireFormatException("a frame was altered or truncated on the way", content.Length);
        var reader = new WireReader(content.Span);
        Frame frame = (FrameType)reader.ReadByte() switch
        {
            FrameType.Hello => ReadHello(ref reader),
            FrameType.Events => ReadEvents(ref reader, content),
            FrameType.Ack => new Ack(reader.ReadText(MaxName), VersionVector.Read(ref reader)),
            FrameType.Done => new Done(reader.ReadText(MaxName), VersionVector.Read(ref reader)),
            FrameType.Bye => new Bye((SessionEnd)reader.ReadByte(), reader.ReadText(4096)),
            var other => throw new WireFormatException($"there is no frame of type {(byte)other}", 0),
        };
        reader.End();
        return frame;
    }

    private void WriteBody(ref WireWriter writer)
    {
        switch (this)
        {
            case Hello hello:
                writer.WriteVarint((ulong)hello.Major);
                writer.WriteVarint((ulong)hello.Minor);
                writer.WriteReplica(hello.Replica);
                writer.WriteText(hello.Name);
                hello.Schema.Write(ref writer);
                foreach (var (lane, vector) in hello.Vectors.OrderBy(entry => entry.Key, StringComparer.Ordinal)) WriteVector(ref writer, lane, vector);
                break;
            case Events events:
                writer.WriteText(events.Lane);
                foreach (var encoded in events.Encoded) writer.WriteBlock(encoded.Span);
                break;
            case Ack ack:
                WriteVector(ref writer, ack.Lane, ack.Vector);
                break;
            case Done done:
                WriteVector(ref writer, done.Lane, done.Vector);
                break;
            case Bye bye:
                writer.WriteByte((byte)bye.Reason);
                writer.WriteText(bye.Text);
                break;
            default:
                throw new InvalidOperationException($"There is no wire form of {Type}.");
        }
    }

    private static Hello ReadHello(ref WireReader reader)
    {
        var (major, minor) = (ReadVersion(ref reader), ReadVersion(ref reader));
        var replica = reader.ReadReplica();
        var name = reader.ReadText(MaxName);
        var schema = GraphSchema.Read(ref reader);
        var vectors = new Dictionary<string, VersionVector>(StringComparer.Ordinal);
        string? last = null;
        while (reader.Remaining > 0)
        {
            var lane = reader.ReadText(MaxName);
            if (last is not null && string.CompareOrdinal(last, lane) >= 0) throw reader.Malformed("the lanes of a hello must ascend");
            vectors.Add(last = lane, VersionVector.Read(ref reader));
        }

        return new(major, minor, replica, name, schema, vectors);
    }

    private static int ReadVersion(ref WireReader reader)
    {
        var version = reader.ReadVarint();
        return version <= ushort.MaxValue ? (int)version : throw reader.Malformed($"{version} is not a protocol version");
    }

    private static Events ReadEvents(ref WireReader reader, ReadOnlyMemory<byte> content)
    {
        var lane = reader.ReadText(MaxName);
        var events = new List<ReadOnlyMemory<byte>>();
        while (reader.Remaining > 0)
        {
            var size = reader.ReadBlock(WireLimits.Frame).Length;
            events.Add(content.Slice(reader.Offset - size, size));
        }

        return new(lane, events);
    }

    private static void WriteVector(ref WireWriter writer, string lane, VersionVector vector)
    {
        writer.WriteText(lane);
        vector.Write(ref writer);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BitConverter.ToUInt64(bytes));
        foreach (var value in bytes) checksum = BitOperations.Crc32C(checksum, value);
        return ~checksum;
    }
}
