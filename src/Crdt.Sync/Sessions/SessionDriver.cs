using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Transport;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Sessions;

/// <summary>Does for one session what it asks for: the I/O around the state machine.</summary>
internal sealed class SessionDriver(ReplicaTruth truth, SyncSession session, ISyncTransport transport, Func<CancellationToken, ValueTask> afterCommit)
{
    /// <summary>How many bytes of events go into one frame, unless a single event is larger.</summary>
    private const int SliceBytes = 1024 * 1024;

    private readonly Queue<SessionAction> _actions = new();
    private readonly long _start = truth.Time.GetTimestamp();
    private Traffic _sent;
    private Traffic _received;
    private int _held;

    private TimeSpan Elapsed => truth.Time.GetElapsedTime(_start);

    public async Task<SyncResult> RunAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        Enqueue(session.Start());
        try
        {
            while (true)
            {
                while (_actions.TryDequeue(out var action)) Enqueue(await ExecuteAsync(action, progress, cancellationToken).ConfigureAwait(false));
                if (session.Status is SessionStatus.Complete or SessionStatus.Failed) break;
                Enqueue(await ReceiveAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (error is not IOException)
        {
            await SayFarewellAsync(error).ConfigureAwait(false);
            throw;
        }

        if (session.Failure is { } failure) throw failure;
        return new(session.Peer!.Name, session.Mode, _sent, _received, _held, Elapsed);
    }

    private void Enqueue(IReadOnlyList<SessionAction> actions)
    {
        foreach (var action in actions) _actions.Enqueue(action);
    }

    private async ValueTask<IReadOnlyList<SessionAction>> ExecuteAsync(SessionAction action, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case SessionAction.Send send:
                _sent = _sent with { Frames = _sent.Frames + 1, Bytes = _sent.Bytes + send.Frame.Length };
                await transport.SendAsync(send.Frame, cancellationToken).ConfigureAwait(false);
                return [];
            case SessionAction.ReadLog read:
                var slice = await truth.ReadAsync(store => store.ReadLogAsync(read.Lane, read.After, read.Position, SliceBytes, cancellationToken), cancellationToken).ConfigureAwait(false);
                _sent = _sent with { Events = _sent.Events + slice.Events.Count };
                progress?.Report(new(_sent.Events, _received.Events));
                return session.LogRead(read.Lane, slice);
            case SessionAction.Apply apply:
                return await ApplyAsync(apply, progress, cancellationToken).ConfigureAwait(false);
            default:
                throw new InvalidOperationException($"There is no way to carry out {action}.");
        }
    }

    private async ValueTask<IReadOnlyList<SessionAction>> ApplyAsync(SessionAction.Apply apply, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        AppliedEvents applied;
        try
        {
            applied = await truth.ApplyAsync(apply.Lane, apply.Events, cancellationToken).ConfigureAwait(false);
        }
        catch (WireFormatException error)
        {
            return session.Abort(SessionEnd.Malformed, error.Message);
        }

        _held += applied.Held;
        _received = _received with { Events = _received.Events + applied.Events, Time = Elapsed };
        progress?.Report(new(_sent.Events, _received.Events));
        await afterCommit(cancellationToken).ConfigureAwait(false);
        return session.Applied(apply.Lane, applied.Vector);
    }

    private async ValueTask<IReadOnlyList<SessionAction>> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await transport.ReceiveAsync(cancellationToken).ConfigureAwait(false) is not { } frame)
        {
            session.Disconnected();
            return [];
        }

        _received = _received with { Frames = _received.Frames + 1, Bytes = _received.Bytes + frame.Length };
        var unconfirmed = session.Unconfirmed;
        var actions = session.Receive(frame);
        if (session.Unconfirmed < unconfirmed) _sent = _sent with { Time = Elapsed };
        return actions;
    }

    /// <summary>Tells the peer, if it still listens, that this side can't go on; the error itself is for the caller.</summary>
    private async ValueTask SayFarewellAsync(Exception error)
    {
        var text = error is StoreException ? error.Message : "the other side was interrupted";
        foreach (var action in session.Abort(SessionEnd.Failed, text).OfType<SessionAction.Send>())
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await transport.SendAsync(action.Frame, patience.Token).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is IOException or OperationCanceledException)
            {
                return; // The peer will notice by itself that nobody is there.
            }
        }
    }
}
