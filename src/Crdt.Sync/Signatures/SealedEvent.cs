using System.Security.Cryptography;
using Crdt.Codec;
using Crdt.Signing;

namespace Crdt.Sync.Signatures;

/// <summary>
/// Hashes and seals in the wire form of events. Each event of an origin names the hash of that origin's previous one in the lane, so one signature covers all events before it that are known (as in
/// Kleppmann, <i>Making CRDTs Byzantine Fault Tolerant</i>, 2022). The seal stands before what is hashed, and whoever passes a run of events on keeps that of the last one only. Whoever takes the
/// beginning of a run and not its end gives its last event a seal with a path: what leads from its hash to that of the event that was signed.
/// <code>
/// seal := publicKey[64] signature[64] { rest[32] }*      the rests of the events between, and of the one signed
/// rest := SHA-256(everything behind the previous hash)
/// hash := SHA-256(previous[32] rest)
/// </code>
/// </summary>
public static class SealedEvent
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The length of a seal without a path in bytes.</summary>
    public const int SealSize = ReplicaKey.PublicKeySize + ReplicaKey.SignatureSize;

    /// <summary>How many events a path may lead over. A run of <see cref="SealedRun.MaxMade"/> bytes has fewer.</summary>
    public const int MaxPath = 8192;

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

    /// <summary>What an event is behind its seal: the hash of the one before it, and the rest.</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static ReadOnlyMemory<byte> ContentOf(ReadOnlyMemory<byte> encoded) => encoded[PlaceOf(encoded.Span).End..];

    /// <summary>The hash of an event, whatever seal it has. O(bytes).</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static byte[] HashOf(ReadOnlyMemory<byte> encoded) => HashOfContent(ContentOf(encoded).Span);

    /// <summary>The hash that an event names as that of its origin's previous one.</summary>
    /// <exception cref="WireFormatException">It isn't linked, or is malformed.</exception>
    public static ReadOnlyMemory<byte> PreviousOf(ReadOnlyMemory<byte> encoded) => ContentOf(encoded)[..HashSize];

    /// <summary>An event with another seal. O(bytes).</summary>
    /// <param name="encoded">The event.</param>
    /// <param name="seal">The seal; empty to take it off.</param>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> encoded, ReadOnlySpan<byte> seal)
    {
        if (!seal.IsEmpty && !IsSeal(seal.Length)) throw new ArgumentException($"A seal has no {seal.Length} bytes.", nameof(seal));
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

    /// <inheritdoc cref="Seal"/>
    public static async ValueTask<ReadOnlyMemory<byte>> SealAsync(ReadOnlyMemory<byte> encoded, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var signature = await key.SignAsync(Purpose, HashOf(encoded)).ConfigureAwait(false);
        return With(encoded, [.. key.PublicKey.Span, .. signature]);
    }

    /// <summary>An event with the seal that ends a run, and the path to it.</summary>
    /// <param name="encoded">The event.</param>
    /// <param name="followers">Those that follow it, in their order; the last one sealed, and no other.</param>
    internal static ReadOnlyMemory<byte> SealThrough(ReadOnlyMemory<byte> encoded, IReadOnlyList<ReadOnlyMemory<byte>> followers)
    {
        var seal = SealOf(followers[^1]).Span;
        return With(encoded, [.. seal[..SealSize], .. followers.SelectMany(follower => SHA256.HashData(ContentOf(follower).Span[HashSize..])), .. seal[SealSize..]]);
    }

    /// <summary>Whether a seal is that of an origin, over a hash. O(path), and a verification.</summary>
    public static bool Verify(ReadOnlySpan<byte> seal, Clocks.ReplicaId origin, ReadOnlySpan<byte> hash)
    {
        if (!IsSeal(seal.Length)) return false;
        var key = seal[..ReplicaKey.PublicKeySize];
        return ReplicaKey.IdOf(key) == origin && ReplicaKey.Verify(key, Purpose, EndOfPath(seal, hash), seal[ReplicaKey.PublicKeySize..SealSize]);
    }

    /// <summary>How many events the path of a seal of a length leads over.</summary>
    internal static int PathOf(int length) => (length - SealSize) / HashSize;

    /// <summary>The hash that was signed: where the path of a seal leads from the hash of the event that it is on.</summary>
    internal static byte[] EndOfPath(ReadOnlySpan<byte> seal, ReadOnlySpan<byte> hash)
    {
        var end = hash.ToArray();
        for (var path = seal[SealSize..]; !path.IsEmpty; path = path[HashSize..]) Link(end, path[..HashSize], end);
        return end;
    }

    /// <summary>The hash of an event that stands behind its seal as this.</summary>
    internal static byte[] HashOfContent(ReadOnlySpan<byte> content)
    {
        var hash = SHA256.HashData(content[HashSize..]);
        Link(content[..HashSize], hash, hash);
        return hash;
    }

    /// <summary>Whether a seal may have a length, none at all aside.</summary>
    internal static bool IsSeal(int length) => length >= SealSize && (length - SealSize) % HashSize == 0 && PathOf(length) <= MaxPath;

    private static void Link(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> rest, Span<byte> hash)
    {
        Span<byte> both = stackalloc byte[2 * HashSize];
        previous.CopyTo(both);
        rest.CopyTo(both[HashSize..]);
        SHA256.HashData(both, hash);
    }

    private static (int Start, int End) PlaceOf(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        if (reader.ReadByte() != Linked) throw reader.Malformed("this event has no room for a seal");
        var seal = reader.ReadBlock().Length;
        if (seal != 0 && !IsSeal(seal)) throw reader.Malformed("the seal of an event is a key, a signature and hashes, or nothing");
        if (reader.Remaining < HashSize) throw reader.Malformed("an event ends before the hash of the one before it");
        return (reader.Offset - seal, reader.Offset);
    }
}
