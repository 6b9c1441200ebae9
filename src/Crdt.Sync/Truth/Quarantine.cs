using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Health;

namespace Crdt.Sync.Truth;

/// <summary>
/// The origins whose events are refused from a malformed one on, at most one entry for each origin and lane, as it was at one moment. It is noted in the store, with the
/// bytes of each event in a note of their own, in one step with the events that came beside it.
/// </summary>
internal sealed class Quarantine
{
    /// <summary>Where it is noted: <c>{ block(lane) origin[16] first count block(reason) time[8] size sha256[32] flag }*</c>.</summary>
    public const string NoteKey = "quarantine";

    /// <summary>How many entries there may be. Beyond that a malformed event ends the session that brings it.</summary>
    public const int MaxOrigins = 64;

    /// <summary>How many bytes of events are kept as evidence in all. Of those beyond, only the size and the hash are known.</summary>
    public const int MaxEvidence = 16 * 1024 * 1024;

    private const int MaxLane = 256;
    private const int MaxReason = 2048;
    private readonly IReadOnlyList<QuarantinedOrigin> _origins;

    private Quarantine(IReadOnlyList<QuarantinedOrigin> origins) => _origins = origins;

    /// <summary>The entries, the oldest first.</summary>
    public IReadOnlyList<QuarantinedOrigin> Origins => _origins;

    /// <summary>Where the bytes of an entry are noted.</summary>
    public static string EvidenceKeyOf(QuarantinedOrigin origin) => $"evidence {origin.Sha256}";

    /// <summary>Reads what was noted.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public static Quarantine Read(ReadOnlyMemory<byte> note)
    {
        var reader = new WireReader(note.Span);
        var origins = new List<QuarantinedOrigin>();
        while (reader.Remaining > 0)
        {
            if (origins.Count == MaxOrigins) throw reader.Malformed($"more than {MaxOrigins} origins are in quarantine");
            origins.Add(ReadOrigin(ref reader));
        }

        return new(origins);
    }

    /// <summary>The entry of an origin in a lane; null where there is none.</summary>
    public QuarantinedOrigin? Find(string lane, ReplicaId origin) => _origins.FirstOrDefault(entry => entry.Lane == lane && entry.Origin == origin);

    /// <summary>With an entry, in place of the one that its origin has in that lane.</summary>
    /// <exception cref="WireFormatException">There are too many.</exception>
    public Quarantine With(QuarantinedOrigin origin)
    {
        var others = _origins.Where(entry => entry.Lane != origin.Lane || entry.Origin != origin.Origin).ToList();
        if (others.Count >= MaxOrigins) throw new WireFormatException($"{MaxOrigins} origins are in quarantine, and an event of another one is malformed: {origin.Reason}", 0);
        var isKept = others.Where(entry => entry.HasEvidence).Sum(entry => (long)entry.Size) + origin.Size <= MaxEvidence;
        return new([.. others, origin with { HasEvidence = isKept, Reason = Shortened(origin.Reason) }]);
    }

    /// <summary>Without some entries.</summary>
    public Quarantine Without(Predicate<QuarantinedOrigin> isLifted) =>
        _origins.Any(entry => isLifted(entry)) ? new([.. _origins.Where(entry => !isLifted(entry))]) : this;

    /// <summary>The note; empty where there is no entry.</summary>
    public ReadOnlyMemory<byte> Note()
    {
        var writer = new WireWriter(capacity: 256);
        foreach (var entry in _origins)
        {
            writer.WriteText(entry.Lane);
            writer.WriteReplica(entry.Origin);
            writer.WriteVarint(entry.First);
            writer.WriteVarint(entry.Last - entry.First + 1);
            writer.WriteText(entry.Reason);
            writer.WriteUInt64((ulong)Math.Max(0, entry.Since.ToUnixTimeMilliseconds())); // A wall clock before 1970 must not make the note unreadable.
            writer.WriteVarint((ulong)entry.Size);
            writer.WriteBytes(Convert.FromHexString(entry.Sha256));
            writer.WriteByte(entry.HasEvidence ? (byte)1 : (byte)0);
        }

        return writer.Finish();
    }

    private static QuarantinedOrigin ReadOrigin(ref WireReader reader)
    {
        var (lane, origin) = (reader.ReadText(MaxLane), reader.ReadReplica());
        var (first, count) = (reader.ReadVarint(), reader.ReadVarint());
        if (first == 0 || count == 0 || first > long.MaxValue || count > long.MaxValue - first) throw reader.Malformed("the dots of an event are out of range");
        var (reason, since, size) = (reader.ReadText(MaxReason), reader.ReadUInt64(), reader.ReadVarint());
        if (since > Stamp.MaxMilliseconds || size > WireLimits.Frame) throw reader.Malformed("a time or a size is out of range");
        var hash = Convert.ToHexStringLower(reader.ReadBytes(SHA256.HashSizeInBytes));
        return new(lane, origin, first, first + count - 1, reason, DateTimeOffset.FromUnixTimeMilliseconds((long)since), (int)size, hash) { HasEvidence = reader.ReadByte() != 0 };
    }

    // A character takes four bytes at most, and half of a pair can't be written.
    private static string Shortened(string reason)
    {
        if (reason.Length <= MaxReason / 4) return reason;
        var length = MaxReason / 4;
        return reason[..(char.IsHighSurrogate(reason[length - 1]) ? length - 1 : length)];
    }
}
