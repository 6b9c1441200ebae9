using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>
/// One end of the way between two replicas. Whoever waits for a frame goes on, on this thread, when the world lets one arrive.
/// </summary>
internal sealed class LinkEnd(Link link, Peer peer) : ISyncTransport
{
    private readonly int _life = peer.Life;
    private TaskCompletionSource<ReadOnlyMemory<byte>?>? _waiting;
    private byte[]? _overtaken;

    public Peer Peer => peer;

    /// <summary>What was sent to this end and hasn't arrived.</summary>
    public LinkedList<ReadOnlyMemory<byte>> Arriving { get; } = [];

    public LinkEnd Other { get; set; } = null!;

    public Task<SyncResult>? Session { get; set; }

    /// <summary>Whether nobody sends or receives here any more.</summary>
    public bool IsClosed { get; private set; }

    public bool IsWaiting => _waiting is not null;

    /// <summary>Whether the replica died under the session, which then never ends.</summary>
    public bool IsDead => peer.Life != _life && !HasEnded;

    public bool HasEnded => Session is { IsCompleted: true };

    /// <summary>Whether something can arrive: a frame, or the news that no more will come.</summary>
    public bool CanArrive => IsWaiting && !IsClosed && (Arriving.Count > 0 || Other.IsClosed);

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        if (link.IsBroken) return ValueTask.FromException(new IOException("the way is broken"));
        if (Other.IsClosed) return ValueTask.CompletedTask;
        if (link.Awaited is not null && (FrameType)frame.Span[0] == FrameType.Events)
        {
            Misplace(frame.ToArray());
            return ValueTask.CompletedTask;
        }

        Other.Arriving.AddLast(frame.ToArray());
        if (_overtaken is { } late) Other.Arriving.AddLast(late);
        _overtaken = null;
        return ValueTask.CompletedTask;
    }

    // Not RunContinuationsAsynchronously: the session goes on where the frame arrives, and nowhere else.
    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (link.IsBroken) return ValueTask.FromException<ReadOnlyMemory<byte>?>(new IOException("the way is broken"));
        if (_waiting is not null) throw new SimulationException("a session waits for two frames at once");
        _waiting = new();
        return new(_waiting.Task);
    }

    private void Misplace(byte[] frame)
    {
        var how = link.Awaited;
        link.Awaited = null;
        link.Tamper();
        if (how == 4) _overtaken = frame;
        if (how != 0) return;
        Other.Arriving.AddLast(frame);
        Other.Arriving.AddLast(frame);
    }

    /// <summary>Lets the next frame arrive, or the end of them.</summary>
    public void Arrive()
    {
        var (frame, waiting) = (Arriving.First?.Value, _waiting!);
        if (frame is not null) Arriving.RemoveFirst();
        _waiting = null;
        waiting.SetResult(frame);
    }

    public void Break()
    {
        if (_waiting is not { } waiting) return;
        _waiting = null;
        waiting.SetException(new IOException("the way broke"));
    }

    public void Close()
    {
        IsClosed = true;
        _waiting = null;
        Arriving.Clear();
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }
}
