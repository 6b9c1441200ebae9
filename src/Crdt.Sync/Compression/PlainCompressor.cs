using Crdt.Codec;

namespace Crdt.Sync.Compression;

/// <summary>Leaves the content as it is: for what is tiny, and for peers that have nothing else in common.</summary>
public sealed class PlainCompressor : IFrameCompressor
{
    /// <summary>Its id in the protocol.</summary>
    public const byte WireId = 0;

    /// <inheritdoc/>
    public byte Id => WireId;

    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public void Compress(ReadOnlySpan<byte> content, ref WireWriter output) => output.WriteBytes(content);

    /// <inheritdoc/>
    public byte[] Decompress(ReadOnlySpan<byte> body, int length, int origin = 0) => body.Length == length
        ? body.ToArray()
        : throw new WireFormatException($"{length} bytes were announced, and there are {body.Length}", origin);
}
