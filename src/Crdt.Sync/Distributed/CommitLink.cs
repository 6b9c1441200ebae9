using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Transport;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Distributed;

/// <summary>
/// A way to one peer on which both stand ready for distributed transactions: messages of two-phase commit, and the events that something which was committed
/// depends on. <c>docs/commit-protocol.md</c> has its frames.
/// </summary>
/// <param name="transport">The way.</param>
/// <param name="truth">What events are read from and applied to.</param>
/// <param name="site">Who the messages are for.</param>
internal sealed class CommitLink(ISyncTransport transport, ReplicaTruth truth, CommitSite site)
{
    private const int SliceBytes = 1024 * 1024;

    /// <summary>How many frames answer one question for events; who lacks more asks again.</summary>
    private const int FramesAtOnce = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Dictionary<string, long> _asked = [];
    private int _applied;
    private Frame.Ready? _peer;

    /// <summary>The peer, once it has said who it is.</summary>
    public ReplicaId Peer => _peer!.Replica;

    /// <summary>The ids that it had before.</summary>
    public IReadOnlyList<ReplicaId> Former => _peer!.Former;

    /// <summary>Stands ready until the way ends or breaks.</summary>
    /// <exception cref="SessionException">The peer speaks another version, is this replica itself, or says what can't be.</exception>
    /// <exception cref="IOException">The way broke.</exception>
    public async Task RunAsync(CommitLinks links, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(Introduce()).ConfigureAwait(false);
            if (await ReceiveAsync(cancellationToken).ConfigureAwait(false) is not { } first) return;
            Meet(first);
            links.Add(this);
            while (await ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } frame)
            {
                if (frame is Frame.Bye bye) throw new SessionException(bye.Reason, $"The peer stands ready no more: {bye.Text}.");
                await TakeAsync(frame, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (WireFormatException error)
        {
            await SendAsync(new Frame.Bye(SessionEnd.Malformed, error.Message)).ConfigureAwait(false);
            throw new SessionException(SessionEnd.Malformed, $"The peer's message can't be understood: {error.Message}.");
        }
        catch (ForgedEventException error)
        {
            await SendAsync(new Frame.Bye(SessionEnd.Forged, error.Message)).ConfigureAwait(false);
            throw new SessionException(SessionEnd.Forged, $"The conversation ended: {error.Message}.");
        }
        finally
        {
            links.Remove(this);
        }
    }

    /// <summary>Sends a message of two-phase commit; it is lost where the way is broken.</summary>
    public ValueTask SendAsync(CommitMessage message) => SendAsync(() => new Frame.Commit(CommitMessageCodec.Encode(message)));

    /// <summary>Asks the peer for what it has of a lane beyond what this replica has.</summary>
    public ValueTask LackAsync(string lane)
    {
        // One question at a time: each frame of an answer would otherwise ask for all the others again.
        lock (_asked)
        {
            if (_asked.TryGetValue(lane, out var since) && truth.Time.GetElapsedTime(since) < Patience) return ValueTask.CompletedTask;
            _asked[lane] = truth.Time.GetTimestamp();
        }

        return SendAsync(new Frame.Lacks(lane, truth.VectorOf(lane)));
    }

    private Frame.Ready Introduce()
    {
        ReplicaId[] former = [.. truth.Incarnations.Select(incarnation => incarnation.Replica).Where(id => id != truth.Id).Reverse().Take(Frame.MaxFormer)];
        return new(SyncSession.MajorVersion, truth.Id, former, truth.Codecs.ToArray());
    }

    private void Meet(Frame frame)
    {
        if (frame is Frame.Bye bye) throw new SessionException(bye.Reason, $"The peer ended the conversation: {bye.Text}.");
        _peer = frame as Frame.Ready ?? throw new WireFormatException($"a frame of type {frame.Type} is none that begins a conversation on distributed transactions", 0);
        if (_peer.Major != SyncSession.MajorVersion) throw new SessionException(SessionEnd.ProtocolVersion, $"This side speaks protocol {SyncSession.MajorVersion}, the other {_peer.Major}; update the older one.");
        if (_peer.Replica == truth.Id) throw new SessionException(SessionEnd.SameReplica, $"Both sides are replica {truth.Id}: the same one, or a copy that can't be told from it.");
    }

    private ValueTask TakeAsync(Frame frame, CancellationToken cancellationToken) => frame switch
    {
        Frame.Commit commit => site.ReceiveAsync(Peer, CommitMessageCodec.Decode(commit.Message)),
        Frame.Lacks lacks when truth.Lanes.Contains(lacks.Lane) => ServeAsync(lacks, cancellationToken),
        Frame.Lacks => ValueTask.CompletedTask,
        Frame.Events events when truth.Lanes.Contains(events.Lane) => ApplyAsync(events, cancellationToken),
        Frame.Done done => EndAsync(done.Lane),
        _ => throw new WireFormatException($"a frame of type {frame.Type} has no place in a conversation on distributed transactions", 0),
    };

    // From a log that doesn't reach back so far, nothing would be of use: then a session compares states.
    private async ValueTask ServeAsync(Frame.Lacks lacks, CancellationToken cancellationToken)
    {
        if (lacks.Vector.Covers(truth.FloorOf(lacks.Lane))) await ServeSlicesAsync(lacks, cancellationToken).ConfigureAwait(false);
        await SendAsync(new Frame.Done(lacks.Lane)).ConfigureAwait(false);
    }

    private async ValueTask ServeSlicesAsync(Frame.Lacks lacks, CancellationToken cancellationToken)
    {
        var wire = new BatchWire(truth.Schema, CompressorChoice.Find(CompressorChoice.Best(truth.Codecs.Span, [.. _peer!.Codecs]))!);
        var (runs, position) = (new SealedRuns(), 0L);
        for (var sent = 0; sent < FramesAtOnce; sent++)
        {
            var slice = await truth.ReadLogAsync(lacks.Lane, lacks.Vector, position, SliceBytes, cancellationToken).ConfigureAwait(false);
            foreach (var events in runs.Take(slice.Events)) await SendAsync(new Frame.Events(lacks.Lane, wire.EncodeEvents(events))).ConfigureAwait(false);
            if (slice.IsLast) return;
            position = slice.Position;
        }
    }

    private async ValueTask ApplyAsync(Frame.Events events, CancellationToken cancellationToken)
    {
        var applied = await truth.ApplyAsync(events.Lane, BatchWire.DecodeEvents(events.Batch), cancellationToken).ConfigureAwait(false);
        _applied += applied.Events;
    }

    /// <summary>An answer is complete. Where it brought nothing, asking again at once would bring nothing either; the timers do it later.</summary>
    private ValueTask EndAsync(string lane)
    {
        lock (_asked) _asked.Remove(lane);
        return Interlocked.Exchange(ref _applied, 0) > 0 ? site.RetryAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken) =>
        await transport.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } bytes ? Frame.Decode(bytes) : null;

    private ValueTask SendAsync(Frame frame) => SendAsync(() => frame);

    private async ValueTask SendAsync(Func<Frame> make)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await transport.SendAsync(make().Encode(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it was, the message is lost, as any may be: whoever receives notices that the way is broken, and who waits for an answer asks again.
        }
        finally
        {
            _sending.Release();
        }
    }
}
