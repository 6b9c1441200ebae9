using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Does something before each frame that goes out, numbered from 0; breaking the way is one of the things that it can do.</summary>
internal sealed class HookedTransport(InMemoryTransport inner, Func<int, ReadOnlyMemory<byte>, Task> hook) : ISyncTransport
{
    private int _frames;

    /// <summary>How many frames went out.</summary>
    public int Frames => _frames;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        await hook(_frames++, frame);
        await inner.SendAsync(frame, cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) => inner.ReceiveAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
