using Crdt.Sync.Frames;
using Crdt.Sync.Transport;

namespace Crdt.Sync.Live;

/// <summary>
/// A way on which sessions follow each other, with events between them. Who waits for a frame can stop waiting without breaking the way, and a frame that belongs to the next session can be put back.
/// Used by one at a time; it stays the caller's.
/// </summary>
internal sealed class FramePump(ISyncTransport inner) : ISyncTransport
{
    private Task<ReadOnlyMemory<byte>?>? _arriving;
    private ReadOnlyMemory<byte>? _putBack;

    /// <summary>What frames are given to that were under way when this side greeted; null once the peer has greeted too.</summary>
    public Func<ReadOnlyMemory<byte>, ValueTask>? Late { private get; set; }

    /// <summary>Ends when a frame is there, or the way is at its end.</summary>
    public Task Arriving => _putBack is null ? _arriving ??= inner.ReceiveAsync(CancellationToken.None).AsTask() : Task.CompletedTask;

    /// <summary>Whether a frame begins a session.</summary>
    public static bool IsGreeting(ReadOnlyMemory<byte> frame) => frame.Length > 0 && frame.Span[0] == (byte)FrameType.Hello;

    /// <summary>Gives a frame back, to be received once more.</summary>
    public void PutBack(ReadOnlyMemory<byte> frame) => _putBack = frame;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) => inner.SendAsync(frame, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var frame = await NextAsync(cancellationToken).ConfigureAwait(false);
            if (Late is not { } late || frame is not { } there) return frame;
            if (!IsGreeting(there))
            {
                await late(there).ConfigureAwait(false);
                continue;
            }

            Late = null;
            return frame;
        }
    }

    /// <summary>Lets go of what was waited for; whoever opened the way closes it.</summary>
    public ValueTask DisposeAsync()
    {
        _ = _arriving?.ContinueWith(static broken => _ = broken.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_putBack is { } frame)
        {
            _putBack = null;
            return frame;
        }

        _arriving ??= inner.ReceiveAsync(CancellationToken.None).AsTask();
        var arrived = await _arriving.WaitAsync(cancellationToken).ConfigureAwait(false);
        _arriving = null;
        return arrived;
    }
}
