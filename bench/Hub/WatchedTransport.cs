using Crdt.Clocks;
using Crdt.Sync.Events;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Bench.Hub;

/// <summary>Sees which events come, and when the replica has said that they are durable.</summary>
internal sealed class WatchedTransport(ISyncTransport inner, Action<ReplicaId, ulong> durable) : ISyncTransport
{
    private readonly Queue<EventHead[]> _coming = new();

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        if (frame.Span[0] == (byte)FrameType.Ack && _coming.TryDequeue(out var heads))
        {
            foreach (var head in heads) durable(head.Origin, head.Last);
        }

        return inner.SendAsync(frame, cancellationToken);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var frame = await inner.ReceiveAsync(cancellationToken);
        if (frame is { } some && some.Span[0] == (byte)FrameType.Events && Frame.Decode(some) is Frame.Events events)
            _coming.Enqueue([.. BatchWire.DecodeEvents(events.Batch).Select(bytes => EventCodec.ReadHead(bytes.Span))]);
        return frame;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
