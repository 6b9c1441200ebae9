using System.Collections.Immutable;
using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <summary>
/// The coordinator of two-phase commit with presumed abort: nothing is written for a transaction that aborts, so one that has no record was aborted (Mohan,
/// Lindsay and Obermarck, <i>Transaction Management in the R* Distributed Database Management System</i>, 1986). An immutable state machine
/// without I/O: each method takes an event and gives the next state with what is to be done.
/// </summary>
/// <remarks>
/// Presumption speaks for one incarnation only. A restored copy may have lost a decision that a participant has heard of, so it answers for its
/// predecessor what its log has, and else that it doesn't know.
/// </remarks>
internal sealed partial record CommitCoordinator
{
    private CommitCoordinator(ReplicaId self, CommitOptions options, ulong granted) => (Self, Options, Next, Granted) = (self, options, granted, granted);

    /// <summary>The incarnation that it coordinates as.</summary>
    public ReplicaId Self { get; }

    /// <summary>What is not over, by id: for the operator too. Committed ones wait for the acknowledgements of <see cref="CoordinatedTransaction.Missing"/>.</summary>
    public IEnumerable<CoordinatedTransaction> Unfinished => Transactions.Values;

    private CommitOptions Options { get; }

    /// <summary>The number of the transaction that is begun next.</summary>
    private ulong Next { get; init; }

    /// <summary>The log says that numbers below this one may have been given.</summary>
    private ulong Granted { get; init; }

    private ImmutableSortedDictionary<TransactionId, CoordinatedTransaction> Transactions { get; init; } = ImmutableSortedDictionary<TransactionId, CoordinatedTransaction>.Empty;

    private ulong Floor => Transactions.Keys.Where(id => id.Coordinator == Self).Select(id => id.Number).DefaultIfEmpty(Next).Min();

    /// <summary>Opens a coordinator from its log, also one that an earlier incarnation wrote, and goes on telling what was decided. O(records).</summary>
    public static CommitStep<CommitCoordinator> Open(ReplicaId self, CommitOptions options, IEnumerable<CommitRecord> log)
    {
        var granted = 1UL;
        var transactions = ImmutableSortedDictionary<TransactionId, CoordinatedTransaction>.Empty;
        foreach (var record in log)
        {
            if (record is CommitRecord.Numbers numbers && numbers.Id.Coordinator == self) granted = Math.Max(granted, numbers.Id.Number);
            else if (record is CommitRecord.Decision decision) transactions = transactions.SetItem(decision.Id, Restore(decision));
            else if (record is CommitRecord.Ended ended) transactions = transactions.Remove(ended.Id);
        }

        var coordinator = new CommitCoordinator(self, options, granted) { Transactions = transactions };
        return new(coordinator, [.. transactions.Values.SelectMany(coordinator.Tell)]);
    }

    /// <summary>Begins a transaction. Until its <see cref="CommitOptions.DecisionDeadline"/> it has to be prepared and committed.</summary>
    public CommitStep<CommitCoordinator> Begin(out TransactionId id)
    {
        id = new(Self, Next);
        var next = this with { Next = Next + 1 };
        return new(next.With(new(id, CoordinatorPhase.Begun)), new CommitAction.SetTimer(id, Options.DecisionDeadline));
    }

    /// <summary>Asks the participants for their votes.</summary>
    /// <exception cref="ArgumentException">There is no participant, or one twice.</exception>
    /// <exception cref="InvalidOperationException">The transaction is not just begun: it was prepared, or its deadline has passed.</exception>
    public CommitStep<CommitCoordinator> Prepare(TransactionId id, IEnumerable<Share> shares)
    {
        if (!TryGet(id, CoordinatorPhase.Begun, out var transaction)) throw new InvalidOperationException($"The transaction {id} is not just begun.");
        Share[] ordered = [.. shares.OrderBy(share => share.Participant)];
        ReplicaId[] participants = [.. ordered.Select(share => share.Participant)];
        if (participants.Length == 0) throw new ArgumentException("A transaction needs a participant.", nameof(shares));
        if (participants.Length > CommitMessageCodec.MaxParticipants) throw new ArgumentException($"A transaction has at most {CommitMessageCodec.MaxParticipants} participants.", nameof(shares));
        if (participants.Distinct().Count() < participants.Length) throw new ArgumentException("A participant is named twice.", nameof(shares));
        transaction = transaction with { Phase = CoordinatorPhase.Numbering, Shares = ordered, Participants = participants };
        if (id.Number < Granted) return Ask(transaction);
        return new(With(transaction), new CommitAction.Record(new CommitRecord.Numbers(id with { Number = id.Number + (ulong)Options.NumbersGranted })));
    }

    /// <summary>Says that the caller wants to commit, once all are willing. What became of it comes as <see cref="CommitAction.Finish"/>, at once where it is known.</summary>
    public CommitStep<CommitCoordinator> Commit(TransactionId id)
    {
        if (!Transactions.TryGetValue(id, out var transaction)) return new(this, Finish(id, CommitOutcome.Abort));
        if (transaction.Phase == CoordinatorPhase.Committed) return new(this, Finish(id, CommitOutcome.Commit));
        if (transaction.Phase == CoordinatorPhase.Begun) throw new InvalidOperationException($"The transaction {id} was not prepared.");
        return DecideIfReady(transaction with { IsWanted = true });
    }

    /// <summary>Aborts for the caller. Once the decision is being written it is too late: <see cref="CommitAction.Finish"/> tells what became of it.</summary>
    public CommitStep<CommitCoordinator> Abort(TransactionId id) =>
        Transactions.TryGetValue(id, out var transaction) ? Abort(transaction, (Self, new(RefusalReason.Caller))) : new(this);

    /// <summary>
    /// An operator says that a participant will never come back, as if it had acknowledged. Were it to come back after all, it would presume that the transaction
    /// was aborted, and let others touch what it had reserved.
    /// </summary>
    public CommitStep<CommitCoordinator> Dismiss(TransactionId id, ReplicaId participant) => Acknowledge(id, participant);

    /// <summary>A record is durable.</summary>
    public CommitStep<CommitCoordinator> Recorded(CommitRecord record)
    {
        if (record is not CommitRecord.Numbers numbers) return new(this);
        var next = this with { Granted = Math.Max(Granted, numbers.Id.Number) };
        List<CommitAction> actions = [];
        foreach (var transaction in Transactions.Values.Where(each => each.Phase == CoordinatorPhase.Numbering && each.Id.Number < next.Granted))
        {
            (next, var asked) = next.Ask(transaction);
            actions.AddRange(asked);
        }

        return new(next, actions);
    }

    /// <summary>A record could not be written, and is not in the log.</summary>
    public CommitStep<CommitCoordinator> NotRecorded(CommitRecord record, string reason)
    {
        if (record is not CommitRecord.Numbers numbers) return new(this);
        var (next, actions) = (this, new List<CommitAction>());
        foreach (var transaction in Transactions.Values.Where(each => each.Phase == CoordinatorPhase.Numbering && each.Id.Number < numbers.Id.Number))
        {
            (next, var aborted) = next.Abort(transaction, (Self, new(RefusalReason.NotDurable, reason)));
            actions.AddRange(aborted);
        }

        return new(next, actions);
    }

    /// <summary>The timer of a transaction fired: the decision is late, or acknowledgements are.</summary>
    public CommitStep<CommitCoordinator> TimerFired(TransactionId id)
    {
        if (!Transactions.TryGetValue(id, out var transaction)) return new(this);
        if (transaction.Phase == CoordinatorPhase.Committed) return new(this, [.. Tell(transaction)]);
        (ReplicaId, Refusal)[] late = [.. transaction.Participants.Except(transaction.Willing).Select(each => (each, new Refusal(RefusalReason.TooLate)))];
        return Abort(transaction, late);
    }

    private static CoordinatedTransaction Restore(CommitRecord.Decision decision) =>
        new(decision.Id, CoordinatorPhase.Committed) { Participants = decision.Participants, Event = decision.Event };

    private static CommitAction.Finish Finish(TransactionId id, CommitOutcome outcome, params (ReplicaId, Refusal)[] refusals) => new(id, outcome, refusals);

    private bool TryGet(TransactionId id, CoordinatorPhase phase, out CoordinatedTransaction transaction) =>
        Transactions.TryGetValue(id, out transaction!) && transaction.Phase == phase;

    private CommitCoordinator With(CoordinatedTransaction transaction) => this with { Transactions = Transactions.SetItem(transaction.Id, transaction) };

    private CommitCoordinator Without(TransactionId id) => this with { Transactions = Transactions.Remove(id) };
}
