using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <content>From the question to the end.</content>
public sealed partial class DistributedTransaction
{
    private readonly TaskCompletionSource<CommitAction.Finish> _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _voted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<ReplicaId> _participants = [];
    private IReadOnlyCollection<ReplicaId> _willing = [];
    private IReadOnlyCollection<ReplicaId> _acknowledged = [];
    private TransactionIntent? _intent;
    private CommitWork? _work;
    private volatile CommitAction.Finish? _end;
    private Phase _phase;

    private enum Phase
    {
        Described,
        Asked,
        Closed,
    }

    /// <summary>
    /// Asks the participants, and this replica itself, for their votes, and waits for all of them, or for the first that refuses, which aborts the transaction. Who has agreed keeps what is
    /// touched reserved until the outcome.
    /// </summary>
    /// <param name="participants">The other replicas that are to agree: of those in <see cref="GraphReplica.ReadyPeers"/>.</param>
    /// <param name="cancellationToken">Aborts the transaction.</param>
    /// <returns>The votes that are known, by participant.</returns>
    /// <exception cref="ParticipantUnreachableException">There is no way to some of them. Nobody was asked; others can be tried.</exception>
    /// <exception cref="ArgumentException">There is no operation, there are too many, or too many participants.</exception>
    /// <exception cref="InvalidOperationException">They have been asked already, or the transaction is over.</exception>
    public async Task<IReadOnlyList<ParticipantVote>> PrepareAsync(IEnumerable<ReplicaId> participants, CancellationToken cancellationToken = default)
    {
        if (_phase != Phase.Described) throw new InvalidOperationException("The participants of this transaction have been asked already.");
        ReplicaId[] all = [.. participants.Append(_site.Self).Distinct().Order()];
        ReplicaId[] absent = [.. all.Where(each => each != _site.Self && !_links.Reach(each))];
        if (absent.Length > 0) throw new ParticipantUnreachableException(absent);
        _participants = all;
        if (_intent is null) await _site.PrepareAsync(Id, all, _operations, _work).ConfigureAwait(false);
        else await _site.PrepareAsync(Id, _intent, all).ConfigureAwait(false);
        _phase = Phase.Asked;
        try
        {
            await (await Task.WhenAny(_voted.Task, _finish.Task).WaitAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }

        return Votes();
    }

    /// <summary>
    /// Queues the transaction, durably, until all participants are there: then it is begun, prepared and committed, also after a restart, and once. Whether it is valid turns out only then;
    /// <see cref="GraphReplica.Intents"/> lists what waits and what was refused.
    /// </summary>
    /// <param name="participants">The other replicas that are to agree, whether they are there or not.</param>
    /// <exception cref="ArgumentException">There is no operation or no participant, or too many.</exception>
    /// <exception cref="InvalidOperationException">The participants have been asked already, or too many transactions wait.</exception>
    /// <exception cref="Crdt.Storage.StoreException">It can't be written; nothing is queued.</exception>
    public async Task<TransactionIntent> QueueAsync(IEnumerable<ReplicaId> participants)
    {
        if (_phase != Phase.Described) throw new InvalidOperationException("The participants of this transaction have been asked already.");
        ReplicaId[] others = [.. participants.Where(each => each != _site.Self).Distinct().Order()];
        if (others.Length is 0 or >= CommitMessageCodec.MaxParticipants) throw new ArgumentException($"A transaction has 1 to {CommitMessageCodec.MaxParticipants - 1} participants besides this replica.", nameof(participants));
        var intent = await _site.QueueAsync(others, _operations).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        _links.Changed(); // Perhaps they are all there.
        return intent;
    }

    /// <summary>
    /// Commits, if all agree, and aborts otherwise. It returns when the decision is durable and the participants have it, or <see cref="CommitOptions.AcknowledgementWait"/> after it; those
    /// that don't have it yet are told until they do.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting. What is decided stays decided; <see cref="GraphReplica.StatusOf"/> tells what became of it.</param>
    /// <exception cref="InvalidOperationException">Nobody was asked yet.</exception>
    public async Task<DistributedResult> CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_phase == Phase.Described) throw new InvalidOperationException("Nobody was asked yet; call PrepareAsync first.");
        await _site.CommitAsync(Id).ConfigureAwait(false);
        var finish = await _finish.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (finish.Outcome == CommitOutcome.Commit) await Task.WhenAny(_ended.Task, Task.Delay(_options.AcknowledgementWait, _site.Time, cancellationToken)).ConfigureAwait(false);
        return Result(finish);
    }

    /// <summary>Aborts it at all participants, unless it is decided already: the result says what became of it.</summary>
    public async Task<DistributedResult> AbortAsync()
    {
        await _site.AbortAsync(Id).ConfigureAwait(false);
        return Result(await _finish.Task.ConfigureAwait(false));
    }

    /// <summary>Ends it; what was not committed is aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_phase == Phase.Closed) return;
        _phase = Phase.Closed;
        try
        {
            await _site.AbortAsync(Id).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            // The replica is closed, or an error has stopped it: it presumes the abort when it is opened again.
        }
        finally
        {
            _close(this);
        }
    }

    /// <summary>Runs an intent: asks its participants, and commits where all agree.</summary>
    internal async Task<DistributedResult> RunAsync(TransactionIntent intent, CancellationToken cancellationToken)
    {
        _intent = intent;
        await PrepareAsync(intent.Participants, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those who have agreed so far.</summary>
    internal IReadOnlyCollection<ReplicaId> Willing => _willing;

    /// <summary>Asks participants to reserve what a local transaction claims, and commits that where all agree. It returns with the decision.</summary>
    internal async Task<DistributedResult> ReserveAsync(IReadOnlyList<Operation> claims, IEnumerable<ReplicaId> participants, CommitWork work, CancellationToken cancellationToken)
    {
        _work = work;
        _operations.AddRange(claims);
        await PrepareAsync(participants, cancellationToken).ConfigureAwait(false);
        await _site.CommitAsync(Id).ConfigureAwait(false);
        return Result(await _finish.Task.ConfigureAwait(false));
    }

    /// <summary>Is told how it ended.</summary>
    internal void Finish(CommitAction.Finish finish)
    {
        _end ??= finish; // Whoever asks for the end once more hears it without the reasons.
        _finish.TrySetResult(finish);
    }

    /// <summary>Is told that nobody will tell how it ended, because the replica is closed.</summary>
    internal void Abandon() => _finish.TrySetException(new ObjectDisposedException(nameof(GraphReplica), $"The replica was closed before the transaction {Id} was over. If it was decided, it is told on when the replica is opened again."));

    /// <summary>Is told after everything that has happened what the coordinator knows of it; null where that is nothing any more.</summary>
    internal void Observe(CoordinatedTransaction? known)
    {
        if (known is null)
        {
            if (_end is null) return;
            _ended.TrySetResult();
            _close(this);
            return;
        }

        if (known.Phase == CoordinatorPhase.Committed) _acknowledged = known.Acknowledged;
        if (known.Willing.Count > 0) _willing = known.Willing;
        if (_participants.Count > 0 && known.Phase >= CoordinatorPhase.Voting && _willing.Count == _participants.Count) _voted.TrySetResult();
    }

    private List<ParticipantVote> Votes()
    {
        var refusals = _end?.Refusals ?? [];
        var votes = _willing.Where(each => refusals.All(refusal => refusal.Participant != each)).Select(each => new ParticipantVote(each, null));
        return [.. votes.Concat(refusals.Select(refusal => new ParticipantVote(refusal.Participant, refusal.Refusal))).OrderBy(vote => vote.Participant)];
    }

    private DistributedResult Result(CommitAction.Finish finish) =>
        new(Id, finish.Outcome, _participants.ToDictionary(participant => participant, participant => StatusOf(participant, finish.Outcome)), Votes());

    private ParticipantStatus StatusOf(ReplicaId participant, CommitOutcome outcome)
    {
        if (outcome == CommitOutcome.Abort) return ParticipantStatus.RolledBack;
        return _ended.Task.IsCompleted || _acknowledged.Contains(participant) ? ParticipantStatus.Committed : ParticipantStatus.Pending;
    }
}
