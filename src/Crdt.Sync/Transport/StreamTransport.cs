using System.Buffers.Binary;
using Crdt.Codec;

namespace Crdt.Sync.Transport;

/// <summary>
/// A way to a peer over any stream that goes both ways: a Unix socket, a named pipe, TCP under TLS. A frame is its length in four bytes, the highest first, and
/// its bytes. The stream authenticates and encrypts what it carries, or nobody does.
/// </summary>
public sealed class StreamTransport : ISyncTransport
{
    private const int LengthSize = sizeof(uint), FirstPiece = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Stream _stream;
    private readonly bool _leavesOpen;
    private readonly OutgoingFrames _outgoing;
    private readonly byte[] _length = new byte[LengthSize];
    private bool _isBetweenFrames = true;
    private bool _isDisposed;

    /// <param name="stream">The stream, which nobody else uses from now on.</param>
    /// <param name="leavesOpen">Whether the stream stays open when the transport is disposed.</param>
    public StreamTransport(Stream stream, bool leavesOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanWrite) throw new ArgumentException("A transport needs a stream that can be read and written.", nameof(stream));
        (_stream, _leavesOpen) = (stream, leavesOpen);
        _outgoing = new(WriteAsync);
    }

    /// <summary>Sends one frame, which must not change any more. It is written while the caller goes on.</summary>
    /// <exception cref="ArgumentException">It is empty or larger than 4 MiB.</exception>
    /// <exception cref="IOException">The way is broken, or the peer takes nothing.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        if (frame.Length is 0 or > WireLimits.Frame) throw new ArgumentException($"A frame has 1 to {WireLimits.Frame} bytes, not {frame.Length}.", nameof(frame));
        cancellationToken.ThrowIfCancellationRequested();
        _outgoing.Add(frame);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for the next frame; null when the peer has closed the way between two frames. Whoever cancels it in the middle of a frame has broken the way.</summary>
    /// <exception cref="IOException">The way is broken, or what comes is not from a replica.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (!_isBetweenFrames) throw Cut();
        try
        {
            return await ReadFrameAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException error)
        {
            throw new IOException("The connection to the peer is closed.", error);
        }
    }

    /// <summary>Writes what was sent, for at most five seconds, and closes the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _outgoing.CompleteAsync(Farewell).ConfigureAwait(false);
        if (!_leavesOpen) await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(_length, cancellationToken).ConfigureAwait(false);
        if (read == 0) return null;
        if (read < LengthSize) throw Cut();
        var length = BinaryPrimitives.ReadUInt32BigEndian(_length);
        if (length is 0 or > WireLimits.Frame)
            throw new IOException($"The peer announces a frame of {length} bytes, and one has 1 to {WireLimits.Frame}: what is there is no replica, or speaks another protocol.");
        var frame = await ReadBodyAsync((int)length, cancellationToken).ConfigureAwait(false);
        _isBetweenFrames = true;
        return frame;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var length = new byte[LengthSize];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)frame.Length);
        await _stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
        await _stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a frame into memory that grows with what comes, and not on the word of its length.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(int length, CancellationToken cancellationToken)
    {
        var frame = new byte[Math.Min(length, FirstPiece)];
        for (var read = 0; ;)
        {
            var piece = await ReadAsync(frame.AsMemory(read), cancellationToken).ConfigureAwait(false);
            if (read + piece < frame.Length) throw Cut();
            read = frame.Length;
            if (read == length) return frame;
            Array.Resize(ref frame, (int)Math.Min(length, 2L * read));
        }
    }

    /// <summary>Fills a buffer, as far as the stream goes.</summary>
    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await _stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0) return 0;
        _isBetweenFrames = false; // from the first byte on
        return read == buffer.Length ? read : read + await _stream.ReadAtLeastAsync(buffer[read..], buffer.Length - read, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
    }

    private static EndOfStreamException Cut() => new("The connection to the peer broke in the middle of a frame.");
}
