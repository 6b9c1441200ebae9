using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Snapshots;

/// <summary>
/// How far a replica was at a time: what an incremental snapshot for it begins after. It can be kept anywhere and handed to any replica of the graph; its
/// checksum tells one that was altered.
/// </summary>
public sealed record SyncPoint
{
    private const byte Format = 1;
    private const int MaxLane = 512;
    private const int ChecksumSize = 16;

    internal SyncPoint(Stamp time, long eventCount, IReadOnlyList<SyncPointLane> lanes) => (Time, EventCount, Lanes, Checksum) = (time, eventCount, lanes, Sum(time, eventCount, lanes));

    /// <summary>The replica's clock then.</summary>
    public Stamp Time { get; }

    /// <summary>How many events its log held.</summary>
    public long EventCount { get; }

    /// <summary>Where each lane stood, ascending by name.</summary>
    public IReadOnlyList<SyncPointLane> Lanes { get; }

    /// <summary>SHA-256 over all of the above, cut to 128 bits.</summary>
    public UInt128 Checksum { get; private init; }

    /// <summary>Whether the checksum is that of the rest. Where it isn't, a full snapshot is needed.</summary>
    public bool IsIntact => Checksum == Sum(Time, EventCount, Lanes);

    /// <summary>The point as bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(256);
        Write(ref writer, Time, EventCount, Lanes);
        writer.WriteUInt128(Checksum);
        return writer.Finish();
    }

    /// <summary>Reads what <see cref="Encode"/> gave. Whether it was altered says <see cref="IsIntact"/>.</summary>
    /// <exception cref="WireFormatException">It is no point at all.</exception>
    public static SyncPoint Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.ReadByte() is var format && format != Format) throw new WireFormatException($"this is format {format} of a sync point; this version reads format {Format}", 0);
        var (time, count) = (new Stamp(reader.ReadUInt64()), reader.ReadVarint());
        var lanes = new List<SyncPointLane>(reader.ReadCount(bytesEach: 2 + ChecksumSize));
        for (var left = lanes.Capacity; left > 0; left--) lanes.Add(new(reader.ReadText(MaxLane), VersionVector.Read(ref reader), reader.ReadUInt128()));
        var checksum = reader.ReadUInt128();
        reader.End();
        return new(time, (long)Math.Min(count, long.MaxValue), lanes) { Checksum = checksum };
    }

    private static UInt128 Sum(Stamp time, long eventCount, IReadOnlyList<SyncPointLane> lanes)
    {
        var writer = new WireWriter(256);
        Write(ref writer, time, eventCount, lanes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(writer.Written, hash);
        writer.Dispose();
        return new WireReader(hash).ReadUInt128();
    }

    private static void Write(ref WireWriter writer, Stamp time, long eventCount, IReadOnlyList<SyncPointLane> lanes)
    {
        writer.WriteByte(Format);
        writer.WriteUInt64(time.Value);
        writer.WriteVarint((ulong)eventCount);
        writer.WriteVarint((ulong)lanes.Count);
        foreach (var lane in lanes)
        {
            writer.WriteText(lane.Lane);
            lane.Vector.Write(ref writer);
            writer.WriteUInt128(lane.Root);
        }
    }
}
