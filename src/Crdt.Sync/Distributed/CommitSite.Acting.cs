using System.Collections.Concurrent;
using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Projection;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Events;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Distributed;

/// <content>What the machines ask for.</content>
internal sealed partial class CommitSite
{
    private const string Unwritten = "the operations write nothing";
    private bool _isClosed;
    private readonly ConcurrentQueue<CommitAction.Contradicted> _contradictions = new();
    private readonly CancellationTokenSource _closing = new();
    private Exception? _fault;

    /// <summary>Lets something happen, and does all that follows from it.</summary>
    /// <exception cref="ObjectDisposedException">The replica is closed.</exception>
    private async ValueTask EnterAsync(Action happen)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(GraphReplica));
            if (_fault is not null) throw new InvalidOperationException("An error has stopped the distributed transactions of this replica; open it again. What was promised and decided is kept.", _fault);
            happen();
            await ExecuteAllAsync().ConfigureAwait(false);
            _ports.Progressed(); // Before anything else happens, so that an older state is never told after a newer one.
        }
        finally
        {
            _gate.Release();
        }

        while (_contradictions.TryDequeue(out var contradicted)) _ports.Contradicted(contradicted); // The user's code, which may call back.
    }

    private async ValueTask ExecuteAllAsync()
    {
        try
        {
            while (_actions.TryDequeue(out var next)) await ExecuteAsync(next.Role, next.Action).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // What was asked for and isn't done would never be reported: only the log knows how to go on.
            _fault = error;
            StopTimers();
            _ports.Faulted();
            throw;
        }
    }

    private ValueTask ExecuteAsync(CommitRole role, CommitAction action)
    {
        switch (action)
        {
            case CommitAction.Send send when send.To == Self:
                Receive(Self, send.Message);
                return ValueTask.CompletedTask;
            case CommitAction.Send send:
                return _ports.SendAsync(send.To, send.Message);
            case CommitAction.Record record:
                return RecordAsync(role, record.Content);
            case CommitAction.Validate validate:
                return ValidateAsync(validate);
            case CommitAction.Decide decide:
                return DecideAsync(decide);
            case CommitAction.Apply apply:
                return ApplyAsync(apply.Content);
            case CommitAction.SetTimer timer:
                SetTimer(role, timer.Id, timer.Delay);
                return ValueTask.CompletedTask;
            case CommitAction.StopTimer timer:
                StopTimer(role, timer.Id);
                return ValueTask.CompletedTask;
            case CommitAction.Finish finish:
                _work.Remove(finish.Id);
                _intentOf.Remove(finish.Id);
                _ports.Finished(finish);
                return ValueTask.CompletedTask;
            case CommitAction.Contradicted contradicted:
                _contradictions.Enqueue(contradicted);
                return ValueTask.CompletedTask;
            case CommitAction.Reserve or CommitAction.Release:
                return ValueTask.CompletedTask; // Whoever commits asks the participant itself.
            default:
                throw new InvalidOperationException($"There is no way to carry out {action}.");
        }
    }

    private async ValueTask RecordAsync(CommitRole role, CommitRecord record)
    {
        var log = Standing().With(record);
        try
        {
            if (record is CommitRecord.Prepared && log.Bytes > CommitLog.MaxBytes) throw new StoreException($"what was promised to others takes {CommitLog.MaxBytes} bytes already");
            await _truth.KeepAsync(store => store.WriteNoteAsync(CommitLog.NoteKey, log.Note(), CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            if (role == CommitRole.Coordinator) Take(_coordinator.NotRecorded(record, RefusalText.Of(error.Message)));
            else Take(_participant.NotRecorded(record, RefusalText.Of(error.Message)));
            return;
        }

        _log = log;
        if (role == CommitRole.Coordinator) Take(_coordinator.Recorded(record));
        else Take(_participant.Recorded(record));
    }

    /// <summary>
    /// The log, with the aborts that it lacks because the disk was full when they came. What those had reserved may have been promised to others since, and after a crash
    /// both would hold it.
    /// </summary>
    private CommitLog Standing() => _log.Promised.Where(id => _participant.Transactions.GetValueOrDefault(id)?.Phase == ParticipantPhase.Aborted)
        .Aggregate(_log, (log, id) => log.With(new CommitRecord.Aborted(id)));

    private async ValueTask ValidateAsync(CommitAction.Validate validate)
    {
        var objection = await FindObjectionAsync(validate).ConfigureAwait(false);
        Take(_participant.Validated(validate.Id, objection is null ? null : objection with { Text = RefusalText.Of(objection.Text) }));
    }

    private async ValueTask<Refusal?> FindObjectionAsync(CommitAction.Validate validate)
    {
        try
        {
            var operations = OperationCodec.Decode(validate.Operations.Span, _truth.Schema);
            if (!validate.Entities.SequenceEqual(OperationRunner.EntitiesOf(operations, _truth.Schema))) return new(RefusalReason.Invalid, "the entities that are to be reserved are not those that the operations touch");
            if (operations.Any(operation => operation.IsClaim))
                return await _truth.ReadAsync(store => ClaimOperations.FindObjectionAsync(operations, store, _truth.Schema, type => _ports.Lanes?.Has(type.Lane) ?? true), CancellationToken.None).ConfigureAwait(false);
            var touched = new List<DynamicEntity>();
            if (await _truth.HoldAsync(held => TryAsync(held, validate.Id, operations, touched), CancellationToken.None).ConfigureAwait(false) is { } objection) return objection;
            // The user's own check may read the replica, so it runs when the truth is free again.
            return await _ports.CheckAsync(new(validate.Id, touched), _closing.Token).ConfigureAwait(false) is { } reason ? new(RefusalReason.Invalid, reason) : null;
        }
        catch (Exception error) when (error is not ObjectDisposedException || !_closing.IsCancellationRequested)
        {
            return new(error is UniqueValueTakenException ? RefusalReason.Taken : RefusalReason.Invalid, error.Message); // Whatever it is, this replica can't promise anything.
        }
    }

    /// <summary>Runs operations on what is there, for nothing.</summary>
    private async ValueTask<Refusal?> TryAsync(HeldTruth held, TransactionId id, IReadOnlyList<Operation> operations, List<DynamicEntity> touched)
    {
        var transaction = new GraphTransaction(held, _truth.Schema, static () => { }, static _ => ValueTask.CompletedTask) { Lanes = _ports.Lanes };
        await using (transaction.ConfigureAwait(false))
        {
            var runner = new OperationRunner(transaction, held, _truth.Schema) { IsCoordinator = id.Coordinator == Self };
            if (await runner.RunAsync(operations, CancellationToken.None).ConfigureAwait(false) is { } objection) return new(RefusalReason.Invalid, objection);
            await held.RequireUniqueAsync(transaction.Written(), CancellationToken.None).ConfigureAwait(false);
            foreach (var entity in operations.Select(operation => operation.Entity).Distinct()) touched.Add(await transaction.GetInConflictAsync(_truth.Schema.TypeOf(entity), entity, CancellationToken.None).ConfigureAwait(false));
            return operations.All(operation => operation.Verb == OperationVerb.Require) ? new(RefusalReason.Invalid, Unwritten) : null;
        }
    }

    /// <summary>Lets the graph database keep up with what was committed. That it can't is no fault of the transaction.</summary>
    private async ValueTask ShowAsync()
    {
        try
        {
            await _ports.AfterCommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ProjectionException or StoreException)
        {
            // It catches up with the next commit, and says so itself where it is asked.
        }
    }

    private async ValueTask DecideAsync(CommitAction.Decide decide)
    {
        CommitRecord.Decision? record = null;
        var (log, intents) = (_log, _intents);
        var decision = new Decision(decide.Id, graphEvent =>
        {
            record = new(decide.Id, decide.Participants, graphEvent.Bytes);
            log = Standing().With(record);
            var notes = new Dictionary<string, ReadOnlyMemory<byte>> { [CommitLog.NoteKey] = log.Note() };
            if (!_intentOf.TryGetValue(decide.Id, out var intent)) return notes;
            if (!intents.Intents.ContainsKey(intent)) throw new InvalidOperationException("The intent was cancelled.");
            intents = intents.Without(intent);
            notes[IntentBook.NoteKey] = intents.Note();
            return notes;
        });
        decision = decision with { Lane = _work[decide.Id].Lane };
        if (await TryDecideAsync(decide.Id, decision).ConfigureAwait(false) is { } refusal)
        {
            Take(_coordinator.NotDecided(decide.Id, refusal));
            return;
        }

        (_log, _intents) = (log, intents);
        Take(_coordinator.Decided(record!));
        await ShowAsync().ConfigureAwait(false);
    }

    private async ValueTask<Refusal?> TryDecideAsync(TransactionId id, Decision decision)
    {
        try
        {
            var objection = await _truth.HoldAsync(held => _work[id].CommitAsync(held.Deciding(decision)), CancellationToken.None).ConfigureAwait(false);
            return objection is null ? null : new(RefusalReason.Invalid, RefusalText.Of(objection));
        }
        catch (StoreException error)
        {
            return new(RefusalReason.NotDurable, RefusalText.Of(error.Message));
        }
        catch (EntityReservedException error)
        {
            return new(RefusalReason.Reserved, RefusalText.Of(error.Message), error.Holder);
        }
        catch (InvalidOperationException error)
        {
            return new(error is UniqueValueTakenException ? RefusalReason.Taken : RefusalReason.Invalid, RefusalText.Of(error.Message));
        }
    }

    private async ValueTask<string?> CommitAsync(HeldTruth deciding, IReadOnlyList<Operation> operations)
    {
        var transaction = new GraphTransaction(deciding, _truth.Schema, static () => { }, static _ => ValueTask.CompletedTask) { Lanes = _ports.Lanes };
        await using (transaction.ConfigureAwait(false))
        {
            // What came by synchronisation since the vote may speak against it.
            if (await new OperationRunner(transaction, deciding, _truth.Schema).RunAsync(operations, CancellationToken.None).ConfigureAwait(false) is { } objection) return objection;
            return (await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false)).Count == 0 ? Unwritten : null;
        }
    }

    private async ValueTask ApplyAsync(CommitRecord.Committed record)
    {
        var (log, lane) = (Standing().With(record), EventCodec.ReadHead(record.Event.Span).Lane);
        var isApplied = false;
        try
        {
            isApplied = await _truth.ApplyDecidedAsync(record.Event, new Dictionary<string, ReadOnlyMemory<byte>> { [CommitLog.NoteKey] = log.Note() }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or WireFormatException)
        {
            // Kept, and tried again: the disk may have room by then, and a later version may read what this one can't.
            Take(_participant.NotApplied(record.Id));
            return;
        }

        if (!isApplied)
        {
            Take(_participant.NotApplied(record.Id));
            await _ports.LackAsync(record.Id.Coordinator, lane).ConfigureAwait(false);
            return;
        }

        _log = log;
        Take(_participant.Applied(record.Id));
        await ShowAsync().ConfigureAwait(false);
    }
}
