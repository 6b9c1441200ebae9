using System.Buffers.Binary;
using Crdt.Codec;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Snapshots;

/// <summary>Frames one after another in a stream, each behind its length in four bytes.</summary>
internal static class FrameStream
{
    public static async ValueTask WriteAsync(Stream stream, Frame frame, CancellationToken cancellationToken)
    {
        var bytes = frame.Encode();
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        await stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="WireFormatException">It is truncated, altered or no frame.</exception>
    public static async ValueTask<Frame> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = await ReadAsync(stream, sizeof(int), cancellationToken).ConfigureAwait(false);
        var size = BinaryPrimitives.ReadInt32BigEndian(length);
        if (size is < 0 or > WireLimits.Frame) throw new WireFormatException($"a frame of {size} bytes exceeds the limit of {WireLimits.Frame}", 0);
        return Frame.Decode(await ReadAsync(stream, size, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<byte[]> ReadAsync(Stream stream, int size, CancellationToken cancellationToken)
    {
        var bytes = new byte[size];
        var read = await stream.ReadAtLeastAsync(bytes, size, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == size ? bytes : throw new WireFormatException("the snapshot is truncated", read);
    }
}
