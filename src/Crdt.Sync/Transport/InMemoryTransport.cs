using System.Threading.Channels;

namespace Crdt.Sync.Transport;

/// <summary>One end of a way between two replicas in the same process.</summary>
public sealed class InMemoryTransport : ISyncTransport
{
    private readonly ChannelReader<ReadOnlyMemory<byte>> _incoming;
    private readonly ChannelWriter<ReadOnlyMemory<byte>> _outgoing;

    private InMemoryTransport(ChannelReader<ReadOnlyMemory<byte>> incoming, ChannelWriter<ReadOnlyMemory<byte>> outgoing) =>
        (_incoming, _outgoing) = (incoming, outgoing);

    /// <summary>Makes both ends. What one sends, the other receives, in order. What is under way is bounded by the session's window.</summary>
    public static (InMemoryTransport Left, InMemoryTransport Right) CreatePair()
    {
        var (there, back) = (Channel.CreateUnbounded<ReadOnlyMemory<byte>>(), Channel.CreateUnbounded<ReadOnlyMemory<byte>>());
        return (new(back.Reader, there.Writer), new(there.Reader, back.Writer));
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        try
        {
            await _outgoing.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException error)
        {
            throw new IOException("The peer has closed the connection.", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (await _incoming.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_incoming.TryRead(out var frame)) return frame;
        }

        return null;
    }

    /// <summary>Closes the way out: the peer receives what was sent, then null.</summary>
    public ValueTask DisposeAsync()
    {
        _outgoing.TryComplete();
        return ValueTask.CompletedTask;
    }
}
