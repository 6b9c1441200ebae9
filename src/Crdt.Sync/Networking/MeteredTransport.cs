using Crdt.Sync.Transport;

namespace Crdt.Sync.Networking;

/// <summary>Lets a probe see what a session sends and receives. Closing the way is left to whoever opened it.</summary>
/// <param name="inner">The way to the peer.</param>
/// <param name="probe">Sees the frames.</param>
internal sealed class MeteredTransport(ISyncTransport inner, TrafficProbe probe) : ISyncTransport
{
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        probe.Send(frame.Span);
        try
        {
            await inner.SendAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            probe.Break();
            throw;
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var frame = await inner.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            // A session says goodbye before it closes the way.
            if (frame is { } received) probe.Receive(received.Span);
            else probe.Break();
            return frame;
        }
        catch (IOException)
        {
            probe.Break();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
