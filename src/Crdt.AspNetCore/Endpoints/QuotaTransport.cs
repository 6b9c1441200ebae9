using Crdt.Sync.Transport;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Reads a peer no faster than its quota allows; what it sends beyond that stays in the buffers of the network, which slows it down.</summary>
internal sealed class QuotaTransport(ISyncTransport inner, PeerQuotas quotas, string peer, PeerConnection connection) : ISyncTransport
{
    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        connection.Sent(frame.Length);
        return inner.SendAsync(frame, cancellationToken);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var frame = await inner.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        if (frame is not { } received) return null;
        connection.Received(received.Length);
        await quotas.SpendAsync(peer, received.Length, cancellationToken).ConfigureAwait(false);
        return frame;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
