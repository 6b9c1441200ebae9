using System.Threading.Channels;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>
/// One end of a way of a given width and length, in virtual time. Each end has a clock of its own, which only what arrives there moves: were there one for
/// both, a frame that the other end takes up would change the hour of one that is on its way out here.
/// </summary>
/// <param name="time">The time at this end.</param>
/// <param name="mbps">Megabits a second, each way.</param>
/// <param name="latency">Both ways together.</param>
/// <param name="incoming">What comes, and when.</param>
/// <param name="outgoing">What goes, and when it arrives.</param>
internal sealed class SimulatedLink(
    SteppedTime time, double mbps, TimeSpan latency, ChannelReader<(ReadOnlyMemory<byte> Frame, TimeSpan At)> incoming, ChannelWriter<(ReadOnlyMemory<byte> Frame, TimeSpan At)> outgoing) : ISyncTransport
{
    private TimeSpan _isFree;

    public static (SimulatedLink Left, SimulatedLink Right) CreatePair(SteppedTime left, SteppedTime right, double mbps, TimeSpan latency)
    {
        var (there, back) = (Channel.CreateUnbounded<(ReadOnlyMemory<byte>, TimeSpan)>(), Channel.CreateUnbounded<(ReadOnlyMemory<byte>, TimeSpan)>());
        return (new(left, mbps, latency, back.Reader, there.Writer), new(right, mbps, latency, there.Reader, back.Writer));
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        var begin = _isFree > time.Elapsed ? _isFree : time.Elapsed;
        _isFree = begin + TimeSpan.FromMicroseconds(frame.Length * 8 / mbps);
        return outgoing.WriteAsync((frame, _isFree + (latency / 2)), cancellationToken);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (await incoming.WaitToReadAsync(cancellationToken))
        {
            if (!incoming.TryRead(out var arrival)) continue;
            time.AdvanceTo(arrival.At);
            return arrival.Frame;
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        outgoing.TryComplete();
        return ValueTask.CompletedTask;
    }
}
