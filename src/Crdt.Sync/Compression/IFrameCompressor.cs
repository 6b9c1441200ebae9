using Crdt.Codec;

namespace Crdt.Sync.Compression;

/// <summary>
/// One way of making the content of a frame smaller. Instances can be used by any number of threads at once; what they keep between calls is never
/// shared by two of them.
/// </summary>
public interface IFrameCompressor
{
    /// <summary>What names it on the wire; part of the protocol.</summary>
    byte Id { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Appends the compressed form of the content, with a checksum of its own where there is one. O(bytes).</summary>
    /// <param name="content">What to compress, at least one byte.</param>
    /// <param name="output">What to append to.</param>
    void Compress(ReadOnlySpan<byte> content, ref WireWriter output);

    /// <summary>
    /// Gives back what was compressed. Memory grows as content arrives and is never taken on the word of <paramref name="length"/>; what
    /// is refused has taken at most 1 MiB, or 16 times the body where that is more.
    /// </summary>
    /// <param name="body">The compressed form, to its last byte.</param>
    /// <param name="length">How many bytes the sender says the content has; more is refused as soon as it appears, and less at the end.</param>
    /// <param name="origin">The offset of the first byte in the outermost input, for error messages.</param>
    /// <exception cref="WireFormatException">It is truncated, altered or followed by something, has another length, or asks for a window of more than 8 MiB.</exception>
    byte[] Decompress(ReadOnlySpan<byte> body, int length, int origin = 0);
}
