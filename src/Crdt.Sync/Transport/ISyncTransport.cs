namespace Crdt.Sync.Transport;

/// <summary>A way to one peer that carries whole frames in order, or breaks.</summary>
public interface ISyncTransport : IAsyncDisposable
{
    /// <summary>
    /// Sends one frame. It must not wait until the peer has read: a session sends and receives in turns, so two sides that both wait would do so for ever. What
    /// can be under way is two frames of events or rows a lane, and what finds a difference: 8 bytes for each entity where two lanes differ in most.
    /// </summary>
    /// <exception cref="IOException">The way is broken.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next frame; null when the peer has closed the way.</summary>
    /// <exception cref="IOException">The way is broken.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default);
}
