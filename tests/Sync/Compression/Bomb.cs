using System.Buffers.Binary;
using System.IO.Compression;
using Crdt.Sync.Compression;

namespace Crdt.Tests.Sync.Compression;

/// <summary>Little that becomes very much.</summary>
internal static class Bomb
{
    private const int Block = 128 * 1024;

    /// <summary>A zstd frame of 33 KB that becomes 1 GiB: 8,192 blocks, each of one byte repeated.</summary>
    /// <param name="claimed">The length that its header claims.</param>
    public static byte[] Zstd(uint claimed)
    {
        const int Blocks = 8_192;
        var frame = new byte[9 + (Blocks * 4)];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 0xFD2FB528);
        frame[4] = 0xA0; // One segment, and four bytes of length.
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(5), claimed);
        for (var i = 0; i < Blocks; i++)
        {
            var header = (Block << 3) | (1 << 1) | (i == Blocks - 1 ? 1 : 0);
            (frame[9 + (i * 4)], frame[10 + (i * 4)], frame[11 + (i * 4)]) = ((byte)header, (byte)(header >> 8), (byte)(header >> 16));
        }

        return frame;
    }

    /// <summary>The same in Brotli: a body that becomes 256 MiB.</summary>
    public static byte[] Brotli()
    {
        var (zeros, body, at) = (new byte[1 << 20], new byte[1 << 20], 4);
        using var encoder = new BrotliEncoder(1, 22);
        for (var i = 0; i < 256; i++)
        {
            encoder.Compress(zeros, body.AsSpan(at), out _, out var written, isFinalBlock: i == 255);
            at += written;
        }

        while (encoder.Compress([], body.AsSpan(at), out _, out var written, isFinalBlock: true) == System.Buffers.OperationStatus.DestinationTooSmall) at += written;
        return body[..at];
    }

    /// <summary>An envelope around a body.</summary>
    public static byte[] Envelope(byte codec, ulong length, byte[] body)
    {
        var writer = new Crdt.Codec.WireWriter(body.Length + 16);
        writer.WriteByte(codec);
        writer.WriteVarint(length);
        writer.WriteBytes(body);
        return writer.Finish();
    }
}
