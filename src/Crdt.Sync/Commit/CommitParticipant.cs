using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>
/// A participant of two-phase commit. From its vote for commit until it hears the outcome it is in doubt and keeps what it promised. When its lease is over it
/// asks the coordinator, then the other participants too (cooperative termination: Bernstein, Hadzilacos and Goodman, <i>Concurrency Control and
/// Recovery in Database Systems</i>, 1987, ch. 7). That two-phase commit blocks where nobody who is there knows can't be helped (Gray
/// and Lamport, <i>Consensus on Transaction Commit</i>, 2006); then an operator settles it. An immutable state machine without I/O.
/// </summary>
internal sealed partial record CommitParticipant
{
    private CommitParticipant(ReplicaId self, CommitOptions options) => (Self, Options) = (self, options);

    /// <summary>The incarnation that it votes as.</summary>
    public ReplicaId Self { get; }

    /// <summary>What is in doubt: for the operator, who may <see cref="Settle"/> it.</summary>
    public IEnumerable<ParticipantTransaction> InDoubt => Transactions.Values.Where(each => each.Phase == ParticipantPhase.Prepared);

    /// <summary>All that it knows of, also what is over and kept for those who ask.</summary>
    public ImmutableSortedDictionary<TransactionId, ParticipantTransaction> Transactions { get; private init; } =
        ImmutableSortedDictionary<TransactionId, ParticipantTransaction>.Empty;

    /// <summary>How many entities are reserved.</summary>
    public int Reserved => Reservations.Count;

    private CommitOptions Options { get; }

    private Reservations Reservations { get; init; } = Reservations.None;

    /// <summary>By coordinator, the number below which all its transactions are over.</summary>
    private ImmutableSortedDictionary<ReplicaId, ulong> Floors { get; init; } = ImmutableSortedDictionary<ReplicaId, ulong>.Empty;

    /// <summary>Opens a participant from its log: what it promised is reserved again, and it asks for the outcome. O(records).</summary>
    public static CommitStep<CommitParticipant> Open(ReplicaId self, CommitOptions options, IEnumerable<CommitRecord> log)
    {
        var participant = log.Aggregate(new CommitParticipant(self, options), (current, record) => current.Restore(record));
        foreach (var coordinator in participant.Floors.Keys) participant = participant.Forget(coordinator);
        List<CommitAction> actions = [];
        foreach (var doubtful in participant.InDoubt)
        {
            participant = participant with { Reservations = participant.Reservations.Add(doubtful.Id, doubtful.Entities) };
            actions.Add(new CommitAction.Reserve(doubtful.Id, doubtful.Entities));
            actions.Add(new CommitAction.SetTimer(doubtful.Id, options.RetryInterval));
        }

        return new(participant, actions);
    }

    /// <summary>For whom an entity is reserved, so that a local commit can be refused; null where it is free. O(log n).</summary>
    public TransactionId? HolderOf(EntityId entity) => Reservations.HolderOf(entity);

    /// <summary>Below which number all transactions of a coordinator are over, as far as this participant has heard; 0 where it has not.</summary>
    public ulong FloorOf(ReplicaId coordinator) => Floors.GetValueOrDefault(coordinator);

    /// <summary>
    /// An operator settles what is in doubt, and the reservation is over. If the outcome is heard later, it holds, and where it is another one it is
    /// reported as <see cref="CommitAction.Contradicted"/>. What an operator says is not passed on to other participants.
    /// </summary>
    /// <exception cref="InvalidOperationException">The transaction is not in doubt.</exception>
    public CommitStep<CommitParticipant> Settle(TransactionId id, CommitOutcome outcome)
    {
        if (Find(id) is not { Phase: ParticipantPhase.Prepared }) throw new InvalidOperationException($"The transaction {id} is not in doubt.");
        return new(this, new CommitAction.Record(new CommitRecord.Settled(id, outcome)));
    }

    private bool IsFull => Transactions.Count >= Options.MaxTransactions;

    // Asking costs nothing, so what is remembered for those who ask must not take the room of those who prepare.
    private bool HasRoomToRefuse => !IsFull && Transactions.Values.Count(each => each.Phase is ParticipantPhase.Refusing or ParticipantPhase.Aborted) < Math.Max(1, Options.MaxTransactions / 4);

    private CommitParticipant Restore(CommitRecord record) => record switch
    {
        CommitRecord.Prepared prepared => With(new(record.Id, ParticipantPhase.Prepared)
        {
            Participants = prepared.Participants,
            Entities = prepared.Entities,
            Operations = prepared.Operations,
            Lease = Options.RetryInterval,
        }),
        CommitRecord.Committed committed => With(new(record.Id, ParticipantPhase.Committed) { Event = committed.Event }),
        CommitRecord.Aborted => With(new(record.Id, ParticipantPhase.Aborted)),
        CommitRecord.Settled settled => With((Find(record.Id) ?? new(record.Id, default)) with { Phase = ParticipantPhase.Settled, Settlement = settled.Outcome }),
        CommitRecord.Floor => WithFloor(record.Id),
        _ => this,
    };

    private ParticipantTransaction? Find(TransactionId id) => Transactions.GetValueOrDefault(id);

    private bool IsBelowFloor(TransactionId id) => id.Number < FloorOf(id.Coordinator);

    private CommitParticipant With(ParticipantTransaction transaction) => this with { Transactions = Transactions.SetItem(transaction.Id, transaction) };

    private CommitParticipant WithFloor(TransactionId floor) => this with { Floors = Floors.SetItem(floor.Coordinator, Math.Max(floor.Number, FloorOf(floor.Coordinator))) };

    // What was promised and is below the floor was aborted, or this participant would have acknowledged it.
    private CommitParticipant Forget(ReplicaId coordinator)
    {
        var forgotten = Transactions.Values.Where(each => each.Id.Coordinator == coordinator && IsBelowFloor(each.Id) && (each.IsOver || each.Phase == ParticipantPhase.Prepared));
        return this with { Transactions = Transactions.RemoveRange(forgotten.Select(each => each.Id)) };
    }

    /// <summary>Ends the reservation and the timer of a transaction that is in the state given from now on.</summary>
    private CommitStep<CommitParticipant> Close(ParticipantTransaction transaction, params CommitAction[] more) =>
        new(Free(transaction).With(transaction), [.. EndOf(transaction.Id), .. more]);

    /// <summary>The same, for one of which nothing is kept.</summary>
    private CommitStep<CommitParticipant> Drop(ParticipantTransaction transaction, params CommitAction[] more) =>
        new(Free(transaction) with { Transactions = Transactions.Remove(transaction.Id) }, [.. EndOf(transaction.Id), .. more]);

    private CommitParticipant Free(ParticipantTransaction transaction) => this with { Reservations = Reservations.Remove(transaction.Id, transaction.Entities) };

    private static CommitAction[] EndOf(TransactionId id) => [new CommitAction.Release(id), new CommitAction.StopTimer(id)];
}
