using System.Net.WebSockets;
using Crdt.Codec;

namespace Crdt.Sync.Transport;

/// <summary>A way to a peer over a WebSocket, of the client or of the server: a frame is one binary message.</summary>
public sealed class WebSocketTransport : ISyncTransport
{
    private const int FirstPiece = 16 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly OutgoingFrames _outgoing;
    private bool _isDisposed;

    /// <param name="socket">The socket, connected, which nobody else uses from now on. It is closed and disposed with the transport.</param>
    public WebSocketTransport(WebSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
        _outgoing = new((frame, token) => socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, token));
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

    /// <summary>Waits for the next frame; null when the peer has closed the way in good order. Whoever cancels it has broken the way.</summary>
    /// <exception cref="IOException">The way is broken, the peer has closed it for a reason, or what comes is not from a replica.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReadMessageAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException($"The connection to the peer is broken: {error.Message}", error);
        }
    }

    /// <summary>Writes what was sent and says farewell, for at most five seconds each, and closes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (await _outgoing.CompleteAsync(Farewell).ConfigureAwait(false)) await CloseAsync(WebSocketCloseStatus.NormalClosure, null).ConfigureAwait(false);
        _socket.Dispose();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        var (frame, length) = (new byte[FirstPiece], 0);
        while (true)
        {
            var piece = await _socket.ReceiveAsync(frame.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (piece.MessageType == WebSocketMessageType.Close) return Closed(isCut: length > 0);
            if (piece.MessageType == WebSocketMessageType.Text)
                throw await RefuseAsync(WebSocketCloseStatus.InvalidMessageType, "The peer sends text, and frames are binary: what is there is no replica.").ConfigureAwait(false);
            length += piece.Count;
            if (piece.EndOfMessage) return frame.AsMemory(0, length);
            if (length == WireLimits.Frame)
                throw await RefuseAsync(WebSocketCloseStatus.MessageTooBig, $"The peer sends a frame of more than {WireLimits.Frame} bytes.").ConfigureAwait(false);
            if (length == frame.Length) Array.Resize(ref frame, Math.Min(WireLimits.Frame, 2 * length));
        }
    }

    private ReadOnlyMemory<byte>? Closed(bool isCut)
    {
        if (isCut) throw new IOException("The connection to the peer broke in the middle of a frame.");
        if (_socket.CloseStatus is null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty) return null;
        throw new IOException($"The peer closed the connection ({(int)_socket.CloseStatus}): {_socket.CloseStatusDescription}");
    }

    private async ValueTask<IOException> RefuseAsync(WebSocketCloseStatus status, string reason)
    {
        await CloseAsync(status, reason).ConfigureAwait(false);
        return new(reason);
    }

    private async ValueTask CloseAsync(WebSocketCloseStatus status, string? reason)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await _socket.CloseAsync(status, reason, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone, or closed it first, or says nothing: it is closed here in any case.
        }
    }
}
