using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Events;

namespace Crdt.Sync.Signatures;

/// <summary>
/// Two runs of events that one origin has signed, and that can't both be its history: they give one place to two events. Whoever has the bytes can check it, without believing anybody.
/// <code>
/// proof := run run
/// run   := count { block(event) }*       the last event sealed
/// </code>
/// </summary>
public sealed class EquivocationProof
{
    /// <summary>How many bytes a proof may have.</summary>
    public const int MaxSize = 64 * 1024;

    private EquivocationProof(string lane, ReplicaId origin, byte[] bytes) => (Lane, Origin, Bytes) = (lane, origin, bytes);

    /// <summary>The lane of both histories.</summary>
    public string Lane { get; }

    /// <summary>Who has signed both.</summary>
    public ReplicaId Origin { get; }

    /// <summary>The proof, to be kept or sent to others.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads a proof and checks it. O(bytes), and two verifications.</summary>
    /// <exception cref="WireFormatException">It is malformed, or proves nothing.</exception>
    public static EquivocationProof Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxSize) throw new WireFormatException($"a proof of {bytes.Length} bytes exceeds the limit of {MaxSize}", 0);
        var reader = new WireReader(bytes.Span);
        var (one, other) = (ReadRun(ref reader, bytes), ReadRun(ref reader, bytes));
        reader.End();
        return Prove(one, other, bytes.ToArray()) ?? throw new WireFormatException("these are no two histories that one replica has signed", 0);
    }

    /// <summary>Makes a proof of two runs of events; null where they are none, or are too long.</summary>
    internal static EquivocationProof? Of(IReadOnlyList<ReadOnlyMemory<byte>> one, IReadOnlyList<ReadOnlyMemory<byte>> other)
    {
        if (one.Concat(other).Sum(encoded => (long)encoded.Length + 4) > MaxSize - 8) return null;
        var writer = new WireWriter(1024);
        foreach (var run in (IReadOnlyList<ReadOnlyMemory<byte>>[])[one, other])
        {
            writer.WriteVarint((ulong)run.Count);
            foreach (var encoded in run) writer.WriteBlock(encoded.Span);
        }

        return Prove(one, other, writer.Finish());
    }

    private static List<ReadOnlyMemory<byte>> ReadRun(ref WireReader reader, ReadOnlyMemory<byte> bytes)
    {
        var run = new List<ReadOnlyMemory<byte>>();
        for (var left = reader.ReadCount(1); left > 0; left--)
        {
            var length = reader.ReadBlock().Length;
            run.Add(bytes.Slice(reader.Offset - length, length));
        }

        return run;
    }

    private static EquivocationProof? Prove(IReadOnlyList<ReadOnlyMemory<byte>> one, IReadOnlyList<ReadOnlyMemory<byte>> other, byte[] bytes)
    {
        var (left, right) = (PlacesOf(one), PlacesOf(other));
        if (left is null || right is null || left[0].Origin != right[0].Origin || LaneOf(one[0]) != LaneOf(other[0])) return null;
        return Contradict(left, one, right, other) ? new(LaneOf(one[0]), left[0].Origin, bytes) : null;
    }

    /// <summary>The places of a run of events, of which each names the one before it and the last one is sealed; null where it is none.</summary>
    private static LinkPlace[]? PlacesOf(IReadOnlyList<ReadOnlyMemory<byte>> run)
    {
        if (run.Count == 0) return null;
        var places = run.Select(encoded => LinkPlace.Of(SealedEvent.ContentOf(encoded).Span[SealedEvent.HashSize..])).ToArray();
        for (var i = 1; i < places.Length; i++)
        {
            var follows = LaneOf(run[i]) == LaneOf(run[0]) && places[i].Origin == places[0].Origin && places[i].First == places[i - 1].Next;
            if (!follows || !SealedEvent.PreviousOf(run[i]).Span.SequenceEqual(SealedEvent.HashOf(run[i - 1]))) return null;
        }

        return ReplicaKey.IsSigned(places[0].Origin) && SealedEvent.Verify(SealedEvent.SealOf(run[^1]).Span, places[0].Origin, SealedEvent.HashOf(run[^1])) ? places : null;
    }

    private static string LaneOf(ReadOnlyMemory<byte> encoded) => EventCodec.ReadHead(encoded.Span).Lane;

    // Events that overlap otherwise contradict nothing: one may be what others were folded into before anybody was told of them, as the sender thought.
    private static bool Contradict(LinkPlace[] left, IReadOnlyList<ReadOnlyMemory<byte>> one, LinkPlace[] right, IReadOnlyList<ReadOnlyMemory<byte>> other)
    {
        var (mine, theirs) = (Statements(left, one), Statements(right, other));
        return mine.Any(said => theirs.TryGetValue(said.Key, out var hash) && !hash.AsSpan().SequenceEqual(said.Value));
    }

    /// <summary>Which hash the origin says the event has that a dot follows.</summary>
    private static Dictionary<ulong, byte[]> Statements(LinkPlace[] places, IReadOnlyList<ReadOnlyMemory<byte>> run)
    {
        var said = new Dictionary<ulong, byte[]> { [places[0].First] = SealedEvent.PreviousOf(run[0]).ToArray() };
        for (var i = 0; i < places.Length; i++) said[places[i].Next] = SealedEvent.HashOf(run[i]);
        return said;
    }
}
