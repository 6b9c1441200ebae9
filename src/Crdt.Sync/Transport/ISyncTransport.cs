namespace Crdt.Sync.Transport;

/// <summary>A way to one peer that carries whole frames in order, or breaks.</summary>
public interface ISyncTransport : IAsyncDisposable
{
    /// <summary>Sends one frame.</summary>
    /// <exception cref="IOException">The way is broken.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next frame; null when the peer has closed the way.</summary>
    /// <exception cref="IOException">The way is broken.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default);
}
