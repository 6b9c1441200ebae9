using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Signing;
using Crdt.Sync.Differences;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Frames;

/// <content>How frames are read, which is how strangers are let in: whatever is wrong is said with its offset.</content>
public abstract partial record Frame
{
    private const int MaxName = 512;
    private const int MaxText = 4096;
    private const int ItemSize = 8;

    /// <summary>How many bytes a peer is given to sign.</summary>
    internal const int ChallengeSize = 16;

    /// <summary>How many former ids a replica names; earlier ones are of no use to anybody.</summary>
    internal const int MaxFormer = 16;

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
            FrameType.Hello => ReadHello(ref reader, content),
            FrameType.Introduction => ReadIntroduction(ref reader),
            FrameType.Bye => new Bye((SessionEnd)reader.ReadByte(), reader.ReadText(MaxText)),
            FrameType.Ready => ReadReady(ref reader),
            FrameType.Commit => new Commit(ReadRest(ref reader, content)),
            var type => ReadOfLane(type, reader.ReadText(MaxName), ref reader, content),
        };
        reader.End();
        return frame;
    }

    private static LogEnd ReadLogEnd(ref WireReader reader) => (LogEnd)reader.ReadByte() is var end and (LogEnd.KeptBack or LogEnd.CutOff) ? end : throw reader.Malformed("a log ends in no such way");

    private static OfLane ReadOfLane(FrameType type, string lane, ref WireReader reader, ReadOnlyMemory<byte> content) => type switch
    {
        FrameType.Ack => new Ack(lane, ReadNumber(ref reader), ReadNumber(ref reader)),
        FrameType.Events => new Events(lane, ReadRest(ref reader, content)),
        FrameType.Done => new Done(lane, reader.Remaining > 0 ? ReadLogEnd(ref reader) : LogEnd.Whole),
        FrameType.Freeze => new Freeze(lane, VersionVector.Read(ref reader), new(reader.ReadUInt64()), ReadCount(ref reader), reader.ReadUInt128()),
        FrameType.Syndromes => new Syndromes(lane, ReadItems(ref reader, SyndromeSketch.Capacity)),
        FrameType.Cells => new Cells(lane, ReadNumber(ref reader), ReadRest(ref reader, content)),
        FrameType.More => new More(lane, ReadNumber(ref reader)),
        FrameType.Leaves => new Leaves(lane, ReadRest(ref reader, content)),
        FrameType.Differing => new Differing(lane, ReadLeaves(ref reader)),
        FrameType.Items => ReadItemsFrame(lane, ref reader),
        FrameType.Difference => ReadDifference(lane, ref reader),
        FrameType.Rows => ReadRows(lane, ref reader, content),
        FrameType.Joined => new Joined(lane),
        FrameType.Lacks => new Lacks(lane, VersionVector.Read(ref reader)),
        _ => throw new WireFormatException($"there is no frame of type {(byte)type}", 0),
    };

    // A later minor version may say more than this one reads.
    private static Hello ReadHello(ref WireReader reader, ReadOnlyMemory<byte> content)
    {
        var hello = new Hello(reader.ReadByte(), reader.ReadByte(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt128());
        var isOther = hello.Minor > SyncSession.MinorVersion || hello.Major != SyncSession.MajorVersion;
        if (isOther) return hello with { Rest = ReadRest(ref reader, content) };
        if (reader.Remaining == 0) return hello;
        var flags = reader.ReadByte();
        if (flags is 0 or > (StaysFlag | ChallengeFlag)) throw reader.Malformed("a greeting has flags that there are not");
        return hello with { Stays = (flags & StaysFlag) != 0, Challenge = (flags & ChallengeFlag) != 0 ? reader.ReadBytes(ChallengeSize).ToArray() : default };
    }

    private static Ready ReadReady(ref WireReader reader)
    {
        var (major, replica) = (reader.ReadByte(), reader.ReadReplica());
        var former = new ReplicaId[reader.ReadCount(ReplicaId.Size, MaxFormer)];
        for (var i = 0; i < former.Length; i++) former[i] = reader.ReadReplica();
        return new(major, replica, former, reader.ReadBlock(byte.MaxValue).ToArray());
    }

    private static Introduction ReadIntroduction(ref WireReader reader)
    {
        var (replica, name) = (reader.ReadReplica(), reader.ReadText(MaxName));
        var schema = ReadFlag(ref reader) ? GraphSchema.Read(ref reader) : null;
        var codecs = reader.ReadBlock(byte.MaxValue).ToArray();
        var (wall, clock) = (new Stamp(reader.ReadUInt64()), new Stamp(reader.ReadUInt64()));
        var lead = reader.ReadVarint();
        if (lead > Stamp.MaxMilliseconds) throw reader.Malformed("a clock's lead is out of range");
        return new(replica, name, schema, codecs, wall, clock, TimeSpan.FromMilliseconds(lead), ReadLanes(ref reader)) { Proof = ReadProof(ref reader) };
    }

    private static IdentityProof? ReadProof(ref WireReader reader) => reader.Remaining == 0 ? null : new(reader.ReadBytes(ReplicaKey.PublicKeySize).ToArray(), reader.ReadBytes(ReplicaKey.SignatureSize).ToArray());

    private static List<LaneIntroduction> ReadLanes(ref WireReader reader)
    {
        var lanes = new List<LaneIntroduction>(reader.ReadCount(bytesEach: 21));
        for (var left = lanes.Capacity; left > 0; left--)
        {
            var standing = new LaneStanding(
                reader.ReadText(MaxName), VersionVector.Read(ref reader), VersionVector.Read(ref reader), reader.ReadUInt128(), ReadCount(ref reader));
            if (lanes.Count > 0 && string.CompareOrdinal(lanes[^1].Standing.Lane, standing.Lane) >= 0) throw reader.Malformed("the lanes of an introduction must ascend");
            var flags = reader.ReadByte();
            if (flags > (StagedFlag | CriticalFlag | TakesNothingFlag | GivesNothingFlag | TakesSignedOnlyFlag)) throw reader.Malformed("a lane has flags that there are not");
            lanes.Add(new(standing, (flags & StagedFlag) != 0) { IsCritical = (flags & CriticalFlag) != 0, TakesNothing = (flags & TakesNothingFlag) != 0, GivesNothing = (flags & GivesNothingFlag) != 0, TakesSignedOnly = (flags & TakesSignedOnlyFlag) != 0 });
        }

        return lanes;
    }

    private static List<int> ReadLeaves(ref WireReader reader)
    {
        var numbers = new List<int>(reader.ReadCount(bytesEach: 1));
        var next = 0UL;
        for (var left = numbers.Capacity; left > 0; left--)
        {
            next += reader.ReadVarint();
            if (next > int.MaxValue) throw reader.Malformed("there is no such leaf");
            numbers.Add((int)next++);
        }

        return numbers;
    }

    private static Items ReadItemsFrame(string lane, ref WireReader reader)
    {
        var isLast = ReadFlag(ref reader);
        return new(lane, ReadNumber(ref reader), ReadItems(ref reader), isLast);
    }

    private static Difference ReadDifference(string lane, ref WireReader reader)
    {
        var isLast = ReadFlag(ref reader);
        return new(lane, ReadItems(ref reader), ReadItems(ref reader), ReadItems(ref reader), isLast);
    }

    private static Rows ReadRows(string lane, ref WireReader reader, ReadOnlyMemory<byte> content)
    {
        var isLast = ReadFlag(ref reader);
        return new(lane, ReadRest(ref reader, content), isLast);
    }

    private static ulong[] ReadItems(ref WireReader reader, int limit = int.MaxValue)
    {
        var items = new ulong[reader.ReadCount(ItemSize, limit)];
        for (var i = 0; i < items.Length; i++) items[i] = reader.ReadUInt64();
        return items;
    }

    private static ReadOnlyMemory<byte> ReadRest(ref WireReader reader, ReadOnlyMemory<byte> content)
    {
        var start = reader.Offset;
        reader.ReadBytes(reader.Remaining);
        return content[start..];
    }

    private static bool ReadFlag(ref WireReader reader) => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw reader.Malformed("a flag is 0 or 1"),
    };

    private static int ReadNumber(ref WireReader reader) =>
        reader.ReadVarint() is var number and <= int.MaxValue ? (int)number : throw reader.Malformed("a number is out of range");

    private static long ReadCount(ref WireReader reader) =>
        reader.ReadVarint() is var count and <= long.MaxValue ? (long)count : throw reader.Malformed("a count is out of range");
}
