using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>UTF-8, exactly as written: no normalization, and no unpaired surrogates.</summary>
public readonly struct TextCodec : IValueCodec<string>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Text;

    /// <inheritdoc/>
    public static void Check(string value)
    {
        if (Utf8.SizeOf(value) > WireLimits.Value) throw new ArgumentException($"Text of {value.Length} characters exceeds the limit of {WireLimits.Value} bytes for one value.");
    }

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, string value) => Utf8.Write(ref writer, value);

    /// <inheritdoc/>
    public static string Read(ref WireReader reader) => Utf8.Read(ref reader);

    /// <inheritdoc/>
    public static int Compare(string left, string right) => string.CompareOrdinal(left, right);
}

/// <summary>The bytes themselves.</summary>
public readonly struct BytesCodec : IValueCodec<byte[]>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Bytes;

    /// <inheritdoc/>
    public static void Check(byte[] value)
    {
        if (value.Length > WireLimits.Value) throw new ArgumentException($"{value.Length} bytes exceed the limit of {WireLimits.Value} bytes for one value.");
    }

    /// <inheritdoc/>
    public static byte[] Own(byte[] value) => [.. value];

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, byte[] value) => writer.WriteBytes(value);

    /// <inheritdoc/>
    public static byte[] Read(ref WireReader reader) => reader.ReadBytes(reader.Remaining).ToArray();

    /// <inheritdoc/>
    public static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    /// <inheritdoc/>
    public static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    /// <inheritdoc/>
    public static int Hash(byte[] value)
    {
        var hash = default(HashCode);
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}

/// <summary>Sixteen bytes in the order in which a <see cref="Guid"/> is printed.</summary>
public readonly struct GuidCodec : IValueCodec<Guid>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Guid;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, Guid value) => value.TryWriteBytes(writer.Take(16), bigEndian: true, out _);

    /// <inheritdoc/>
    public static Guid Read(ref WireReader reader) => new(reader.ReadBytes(16), bigEndian: true);

    /// <inheritdoc/>
    public static int Hash(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
