using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;
using Crdt.Sync.Signatures;
using Crdt.Sync.Transport;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Sessions;

/// <summary>Does for one session what it asks for: the I/O around the state machine.</summary>
internal sealed class SessionDriver(ReplicaTruth truth, SyncSession session, ISyncTransport transport, Func<CancellationToken, ValueTask> afterCommit)
{
    private readonly Queue<SessionAction> _actions = new();
    private readonly List<Conflict> _conflicts = [];
    private readonly Dictionary<string, (LaneSnapshot Snapshot, RowStage Stage)> _frozen = [];
    private readonly long _start = truth.Time.GetTimestamp();
    private Traffic _sent;
    private Traffic _received;
    private int _held;
    private int _refused;
    private long _synced;
    private long _settled;

    /// <summary>How many bytes of events go into one frame, unless a single event is larger.</summary>
    public int SliceBytes { get; init; } = 1024 * 1024;

    private TimeSpan Elapsed => truth.Time.GetElapsedTime(_start);

    public async Task<SyncResult> RunAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await ConverseAsync(progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not IOException)
        {
            await SayFarewellAsync(error).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await LetGoAsync().ConfigureAwait(false);
            await AcknowledgeAsync().ConfigureAwait(false);
        }

        if (session.Failure is { } failure) throw failure;
        return new(session.Peer?.Name, session.Mode, _sent, _received, _held, Elapsed)
        {
            ProtocolVersion = session.ProtocolVersion,
            Refused = _refused,
            HeldByPeer = session.HeldByPeer,
            RefusedByPeer = session.RefusedByPeer,
            SyncedOperations = _synced,
            ConflictsResolved = _settled,
            Conflicts = _conflicts,
            Lanes = session.Lanes,
        };
    }

    private async ValueTask ConverseAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        Enqueue(session.Start());
        while (true)
        {
            while (_actions.TryDequeue(out var action))
            {
                Enqueue(await ExecuteAsync(action, cancellationToken).ConfigureAwait(false));
                progress?.Report(new(_sent.Events, _received.Events) { Status = session.Status, Mode = session.Mode, EntitiesSent = _sent.Entities, EntitiesReceived = _received.Entities });
            }

            if (session.Status is SessionStatus.Complete or SessionStatus.Failed) return;
            Enqueue(await ReceiveAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private void Enqueue(IReadOnlyList<SessionAction> actions)
    {
        foreach (var action in actions) _actions.Enqueue(action);
    }

    private async ValueTask<IReadOnlyList<SessionAction>> ExecuteAsync(SessionAction action, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case SessionAction.Send send:
                _sent = _sent with { Frames = _sent.Frames + 1, Bytes = _sent.Bytes + send.Frame.Length };
                await transport.SendAsync(send.Frame, cancellationToken).ConfigureAwait(false);
                return [];
            case SessionAction.Prove prove:
                return session.Proven(await truth.ProveAsync(prove.Challenge, isForSession: true, cancellationToken).ConfigureAwait(false));
            case SessionAction.ReadLog read:
                var slice = await truth.ReadLogAsync(read.Lane, read.After, read.Position, SliceBytes, cancellationToken).ConfigureAwait(false);
                _sent = _sent with { Events = _sent.Events + slice.Events.Count };
                return session.Continue(read.Lane, exchange => exchange.LogRead(slice));
            case SessionAction.Apply apply:
                return await ApplyAsync(apply, cancellationToken).ConfigureAwait(false);
            case SessionAction.Freeze freeze:
                return await FreezeAsync(freeze.Lane, cancellationToken).ConfigureAwait(false);
            case SessionAction.ReadRows read:
                var rows = await truth.ReadFrozenAsync(_frozen[read.Lane].Snapshot, read.Items, cancellationToken).ConfigureAwait(false);
                _sent = _sent with { Entities = _sent.Entities + rows.Length };
                return session.Continue(read.Lane, exchange => exchange.RowsRead(rows, null));
            case SessionAction.ReadAhead read:
                await truth.ReadAheadAsync(_frozen[read.Lane].Snapshot, read.Items, cancellationToken).ConfigureAwait(false);
                return [];
            case SessionAction.ScanRows scan:
                var (page, next) = await truth.ScanFrozenAsync(_frozen[scan.Lane].Snapshot, scan.After, scan.Limit, cancellationToken).ConfigureAwait(false);
                _sent = _sent with { Entities = _sent.Entities + page.Count };
                return session.Continue(scan.Lane, exchange => exchange.RowsRead(page, next));
            case SessionAction.Stage stage:
                await StageAsync(stage, cancellationToken).ConfigureAwait(false);
                return session.Continue(stage.Lane, exchange => exchange.RowsStaged());
            case SessionAction.Join join:
                return await JoinAsync(join, cancellationToken).ConfigureAwait(false);
            default:
                throw new InvalidOperationException($"There is no way to carry out {action}.");
        }
    }

    private async ValueTask<IReadOnlyList<SessionAction>> ApplyAsync(SessionAction.Apply apply, CancellationToken cancellationToken)
    {
        AppliedEvents applied;
        try
        {
            applied = await truth.ApplyAsync(apply.Lane, apply.Events, cancellationToken, new EventRules(!session.TakesSignedOnly(apply.Lane))).ConfigureAwait(false);
        }
        catch (WireFormatException error)
        {
            return session.Abort(SessionEnd.Malformed, error.Message);
        }
        catch (ForgedEventException error)
        {
            return session.Abort(SessionEnd.Forged, error.Message);
        }

        _held += applied.Held;
        _refused += applied.Refused;
        Report(applied.Conflicts);
        _received = _received with { Events = _received.Events + applied.Events, Time = Elapsed };
        await afterCommit(cancellationToken).ConfigureAwait(false);
        return session.Continue(apply.Lane, exchange => exchange.Applied(applied.Held, applied.Refused));
    }

    private async ValueTask<IReadOnlyList<SessionAction>> FreezeAsync(string lane, CancellationToken cancellationToken)
    {
        var stage = new RowStage(StageName(lane));
        await truth.KeepAsync(store => stage.LoadAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
        var snapshot = await truth.FreezeAsync(lane, cancellationToken).ConfigureAwait(false);
        _frozen.Add(lane, (snapshot, stage));
        return session.Continue(lane, exchange => exchange.Frozen(snapshot, stage.Items.ToHashSet()));
    }

    private async ValueTask StageAsync(SessionAction.Stage stage, CancellationToken cancellationToken)
    {
        var rows = _frozen[stage.Lane].Stage;
        await truth.KeepAsync(store => rows.AddAsync(store, stage.Rows, cancellationToken), cancellationToken).ConfigureAwait(false);
        _received = _received with { Entities = _received.Entities + stage.Rows.Count };
    }

    private async ValueTask<IReadOnlyList<SessionAction>> JoinAsync(SessionAction.Join join, CancellationToken cancellationToken)
    {
        if (truth.LeadBeyondLimit(join.Clock) is { } lead)
            return session.Abort(SessionEnd.ClockAhead, $"the peer's clock is {lead:g} ahead; set it right and sync again");
        var stage = _frozen[join.Lane].Stage;
        try
        {
            Report((await truth.JoinAsync(new(join.Own, join.Vector, join.Clock, join.OnlyHere, join.OnlyThere, stage), cancellationToken).ConfigureAwait(false)).Conflicts);
            await truth.KeepAsync(store => stage.DropAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
            // Events that waited for what has come now as states need wait no longer.
            Report((await truth.ApplyAsync(join.Lane, [], cancellationToken).ConfigureAwait(false)).Conflicts);
        }
        catch (WireFormatException error)
        {
            return session.Abort(SessionEnd.Malformed, error.Message);
        }

        _received = _received with { Time = Elapsed };
        await afterCommit(cancellationToken).ConfigureAwait(false);
        return session.Continue(join.Lane, exchange => exchange.StatesJoined());
    }

    private void Report(IReadOnlyList<Conflict> conflicts)
    {
        _settled += conflicts.Count;
        _conflicts.AddRange(conflicts.Take(SyncResult.MaxConflicts - _conflicts.Count));
    }

    private string StageName(string lane) => StageName(lane, SyncSession.TagOf(session.Peer!));

    /// <summary>Where the rows of a peer are put aside. Two peers may share a name: what is staged is found by its content.</summary>
    public static string StageName(string lane, uint tag) => FormattableString.Invariant($"{lane}/{tag:x8}");

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

    /// <summary>Lets frozen lanes go, and keeps for the next session what came in this one, if it was cut short.</summary>
    private async ValueTask LetGoAsync()
    {
        foreach (var (snapshot, stage) in _frozen.Values)
        {
            await truth.ReleaseAsync(snapshot).ConfigureAwait(false);
            try
            {
                var isOver = session.Status == SessionStatus.Complete;
                await truth.KeepAsync(store => isOver ? stage.DropAsync(store, CancellationToken.None) : stage.FlushAsync(store, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error) when (error is StoreException or ObjectDisposedException)
            {
                // It only saves sending it again, or takes room until the next session.
            }
        }

        if (session.Status == SessionStatus.Complete) await DropStagesAsync().ConfigureAwait(false);
    }

    /// <summary>Drops what an earlier session put aside, where this one did without.</summary>
    private async ValueTask DropStagesAsync()
    {
        foreach (var lane in session.StagedLanes.Where(lane => !_frozen.ContainsKey(lane)))
        {
            try
            {
                await truth.KeepAsync(store => store.DropStageAsync(StageName(lane), CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error) when (error is StoreException or ObjectDisposedException)
            {
                // It only takes room, until the next session.
            }
        }
    }

    /// <summary>What the peer has no longer waits for one.</summary>
    private async ValueTask AcknowledgeAsync()
    {
        try
        {
            _synced = await truth.AcknowledgeAsync(session.Delivered(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or ObjectDisposedException)
        {
            // The queue seems longer than it is until the next session.
        }
    }

    /// <summary>Tells the peer, if it still listens, that this side can't go on; the error itself is for the caller.</summary>
    private async ValueTask SayFarewellAsync(Exception error)
    {
        var (reason, text) = error switch
        {
            SessionException ended => (ended.Reason, ended.Message),
            StoreException => (SessionEnd.Failed, error.Message),
            _ => (SessionEnd.Failed, "the other side was interrupted"),
        };
        foreach (var action in session.Abort(reason, text).OfType<SessionAction.Send>())
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
