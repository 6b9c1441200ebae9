using System.Net.WebSockets;
using System.Threading.Channels;

namespace Crdt.Sync.Transport;

/// <summary>Frames that are on their way out: whoever sends one doesn't wait until the peer has read the one before it.</summary>
internal sealed class OutgoingFrames
{
    /// <summary>How many bytes may wait. A session keeps far below that by its window; beyond it the peer takes nothing.</summary>
    public const long MaxBytes = 256 * 1024 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _write;
    private readonly Task _writing;
    private volatile Exception? _error;
    private long _bytes;

    /// <param name="write">Writes one frame; what it throws breaks the way.</param>
    public OutgoingFrames(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write)
    {
        _write = write;
        _writing = WriteAllAsync();
    }

    /// <summary>Takes a frame, which must not change any more.</summary>
    /// <exception cref="IOException">The way is broken or closed, or the peer takes nothing.</exception>
    public void Add(ReadOnlyMemory<byte> frame)
    {
        if (_error is { } error) throw new IOException($"The connection to the peer is broken: {error.Message}", error);
        if (Interlocked.Add(ref _bytes, frame.Length) > MaxBytes) throw new IOException($"The peer takes nothing: more than {MaxBytes >> 20} MiB wait for it.");
        if (!_frames.Writer.TryWrite(frame)) throw new IOException("The connection to the peer is closed.");
    }

    /// <summary>Takes nothing more, and waits until everything is written, or for a while.</summary>
    /// <returns>Whether everything was written.</returns>
    public async ValueTask<bool> CompleteAsync(TimeSpan patience)
    {
        _frames.Writer.TryComplete();
        _stop.CancelAfter(patience);
        await _writing.ConfigureAwait(false);
        _stop.Dispose();
        return _error is null;
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _write(frame, _stop.Token).ConfigureAwait(false);
                Interlocked.Add(ref _bytes, -frame.Length);
            }
        }
        catch (Exception error) when (error is IOException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever sends next is told, and whoever waits for an answer learns it from the way in.
            _error = error;
        }
    }
}
