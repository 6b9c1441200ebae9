using System.Security.Cryptography;
using Crdt.Codec;
using Crdt.Signing;

namespace Crdt.Sync.Signatures;

/// <summary>
/// Hashes and seals in the wire form of events. Each event of an origin names the hash of that origin's previous one in the lane, so one signature covers all events before it that are known (as in
/// Kleppmann, <i>Making CRDTs Byzantine Fault Tolerant</i>, 2022). The seal stands before what is hashed, and whoever passes a run of events on keeps that of the last one only.
/// <code>
/// seal := publicKey[64] signature[64]
/// hash := SHA-256(everything behind the seal)
/// </code>
/// </summary>
public static class SealedEvent
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The length of a seal in bytes.</summary>
    public const int SealSize = ReplicaKey.PublicKeySize + ReplicaKey.SignatureSize;

    /// <summary>What signatures of events are made for.</summary>
    public const string Purpose = "crdt event";

    private const byte Linked = 2;

    /// <summary>What the first event of an origin names as the hash of the one before it.</summary>
    public static ReadOnlyMemory<byte> Beginning { get; } = new byte[HashSize];

    /// <summary>Whether an event names its origin's previous one, so that there may be a seal on it.</summary>
    public static bool IsLinked(ReadOnlySpan<byte> encoded) => encoded.Length > 0 && encoded[0] == Linked;

    /// <summary>The seal of an event; empty where it has none.</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static ReadOnlyMemory<byte> SealOf(ReadOnlyMemory<byte> encoded)
    {
        var (start, end) = PlaceOf(encoded.Span);
        return encoded[start..end];
    }

    /// <summary>What is hashed of an event: all behind its seal.</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static ReadOnlyMemory<byte> ContentOf(ReadOnlyMemory<byte> encoded) => encoded[PlaceOf(encoded.Span).End..];

    /// <summary>The hash of an event, whatever seal it has. O(bytes).</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static byte[] HashOf(ReadOnlyMemory<byte> encoded) => SHA256.HashData(ContentOf(encoded).Span);

    /// <summary>The hash that an event names as that of its origin's previous one.</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static ReadOnlyMemory<byte> PreviousOf(ReadOnlyMemory<byte> encoded)
    {
        var content = ContentOf(encoded);
        var place = LinkPlace.Of(content.Span).Offset;
        return content.Length - place >= HashSize ? content.Slice(place, HashSize) : throw new WireFormatException("an event ends before the hash of the one before it", encoded.Length);
    }

    /// <summary>An event with another seal. O(bytes).</summary>
    /// <param name="encoded">The event.</param>
    /// <param name="seal">The seal; empty to take it off.</param>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> encoded, ReadOnlySpan<byte> seal)
    {
        var content = ContentOf(encoded).Span;
        var writer = new WireWriter(content.Length + seal.Length + 4);
        writer.WriteByte(Linked);
        writer.WriteBlock(seal);
        writer.WriteBytes(content);
        return writer.Finish();
    }

    /// <summary>An event with the seal of its origin's key. O(bytes).</summary>
    public static ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> encoded, ReplicaKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return With(encoded, [.. key.PublicKey.Span, .. key.Sign(Purpose, HashOf(encoded))]);
    }

    /// <summary>Whether a seal is that of an origin, over a hash.</summary>
    public static bool Verify(ReadOnlySpan<byte> seal, Clocks.ReplicaId origin, ReadOnlySpan<byte> hash)
    {
        if (seal.Length != SealSize) return false;
        var key = seal[..ReplicaKey.PublicKeySize];
        return ReplicaKey.IdOf(key) == origin && ReplicaKey.Verify(key, Purpose, hash, seal[ReplicaKey.PublicKeySize..]);
    }

    private static (int Start, int End) PlaceOf(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        if (reader.ReadByte() != Linked) throw reader.Malformed("this event has no room for a seal");
        var seal = reader.ReadBlock().Length;
        if (seal is not (0 or SealSize)) throw reader.Malformed($"the seal of an event has {SealSize} bytes, or none");
        return (reader.Offset - seal, reader.Offset);
    }
}
