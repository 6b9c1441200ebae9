using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Distributed;

/// <summary>
/// One replica in two-phase commit: its coordinator and its participant, with the I/O around them. What happens to it is taken one at a time, in the order in
/// which it came; what the machines ask for is done in their order, and what comes of that is fed back to them.
/// </summary>
internal sealed partial class CommitSite
{
    private readonly ReplicaTruth _truth;
    private readonly CommitPorts _ports;
    private readonly CommitOptions _options;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Queue<(CommitRole Role, CommitAction Action)> _actions = new();
    private readonly Dictionary<TransactionId, CommitWork> _work = [];
    private CommitLog _log;
    private volatile CommitCoordinator _coordinator;
    private volatile CommitParticipant _participant;

    private CommitSite(ReplicaTruth truth, CommitPorts ports, CommitOptions options, CommitLog log, CommitCoordinator coordinator, CommitParticipant participant) =>
        (_truth, _ports, _options, _log, _coordinator, _participant) = (truth, ports, options, log, coordinator, participant);

    /// <summary>The replica's own id.</summary>
    public ReplicaId Self => _truth.Id;

    /// <summary>The time that it goes by.</summary>
    public TimeProvider Time => _truth.Time;

    /// <summary>What this replica has promised and is not done with, also while it is being applied.</summary>
    public IReadOnlyList<ParticipantTransaction> InDoubt => [.. _participant.Transactions.Values.Where(each => each.Phase is ParticipantPhase.Prepared or ParticipantPhase.Applying or ParticipantPhase.Stalled)];

    /// <summary>All that it knows of as a participant, also what is over and kept for those who ask.</summary>
    public IEnumerable<ParticipantTransaction> Known => _participant.Transactions.Values;

    /// <summary>What this replica coordinates and has not ended.</summary>
    public IReadOnlyList<CoordinatedTransaction> Unfinished => [.. _coordinator.Unfinished];

    /// <summary>How many entities are reserved.</summary>
    public int Reserved => _participant.Reserved;

    /// <summary>Where the replica is with a transaction.</summary>
    public ParticipantStatus StatusOf(TransactionId id) => _participant.Transactions.GetValueOrDefault(id)?.Phase switch
    {
        null => _coordinator.Unfinished.Any(each => each.Id == id && each.Phase == CoordinatorPhase.Committed) ? ParticipantStatus.Committed : ParticipantStatus.Unknown,
        ParticipantPhase.Committed => ParticipantStatus.Committed,
        ParticipantPhase.Applying or ParticipantPhase.Stalled => ParticipantStatus.Pending,
        ParticipantPhase.Aborted or ParticipantPhase.Refusing => ParticipantStatus.RolledBack,
        _ => ParticipantStatus.Prepared,
    };

    /// <summary>Opens it from what the store has noted: promises are reserved again before the replica takes any commit.</summary>
    /// <exception cref="Codec.WireFormatException">The note is damaged.</exception>
    public static async ValueTask<CommitSite> OpenAsync(ReplicaTruth truth, CommitPorts ports, CommitOptions options, CancellationToken cancellationToken)
    {
        var note = await truth.ReadAsync(store => store.ReadNoteAsync(CommitLog.NoteKey, cancellationToken), cancellationToken).ConfigureAwait(false);
        var log = CommitLog.Read(note);
        var (coordinator, told) = CommitCoordinator.Open(truth.Id, options, log.All);
        var (participant, asked) = CommitParticipant.Open(truth.Id, options, log.All);
        var intents = await truth.ReadAsync(store => store.ReadNoteAsync(IntentBook.NoteKey, cancellationToken), cancellationToken).ConfigureAwait(false);
        var site = new CommitSite(truth, ports, options, log, coordinator, participant) { _intents = IntentBook.Read(intents) };
        truth.HolderOf = site.HolderOf;
        site.Enqueue(CommitRole.Coordinator, told);
        site.Enqueue(CommitRole.Participant, asked);
        await site.EnterAsync(static () => { }).ConfigureAwait(false);
        return site;
    }

    /// <summary>Begins a transaction; its deadline runs from here.</summary>
    public async ValueTask<TransactionId> BeginAsync()
    {
        TransactionId id = default;
        await EnterAsync(() => Take(_coordinator.Begin(out id))).ConfigureAwait(false);
        return id;
    }

    /// <summary>Asks participants for their votes, this replica among them.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="participants">Who is asked.</param>
    /// <param name="operations">What they are asked.</param>
    /// <param name="work">What is committed when they agree; null for the operations.</param>
    /// <param name="intent">The number of the intent that leaves the queue with the decision; null where it is none.</param>
    public ValueTask PrepareAsync(TransactionId id, IReadOnlyList<ReplicaId> participants, IReadOnlyList<Operation> operations, CommitWork? work = null, ulong? intent = null)
    {
        var (bytes, entities) = (OperationCodec.Encode(operations, _truth.Schema), OperationRunner.EntitiesOf(operations, _truth.Schema));
        return EnterAsync(() =>
        {
            Take(_coordinator.Prepare(id, participants.Select(participant => new Share(participant, entities, bytes))));
            _work[id] = work ?? new(deciding => CommitAsync(deciding, operations));
            if (intent is { } number) _intentOf[id] = number;
        });
    }

    /// <summary>Says that the caller wants to commit.</summary>
    public ValueTask CommitAsync(TransactionId id) => EnterAsync(() => Take(_coordinator.Commit(id)));

    /// <summary>Aborts for the caller, unless it is too late.</summary>
    public ValueTask AbortAsync(TransactionId id) => EnterAsync(() => Take(_coordinator.Abort(id)));

    /// <summary>An operator says what becomes of a transaction that is in doubt here.</summary>
    /// <exception cref="StoreException">That can't be written; it stays in doubt.</exception>
    public async ValueTask SettleAsync(TransactionId id, CommitOutcome outcome)
    {
        await EnterAsync(() => Take(_participant.Settle(id, outcome))).ConfigureAwait(false);
        if (_participant.InDoubt.Any(each => each.Id == id)) throw new StoreException($"What becomes of the transaction {id} can't be written, so it stays in doubt; make room on the disk and settle it again.");
    }

    /// <summary>An operator says that a participant will never acknowledge.</summary>
    public ValueTask DismissAsync(TransactionId id, ReplicaId participant) => EnterAsync(() => Take(_coordinator.Dismiss(id, participant)));

    /// <summary>A message came.</summary>
    /// <param name="from">Who sent it, as the way it came by says.</param>
    /// <param name="message">What it says.</param>
    public ValueTask ReceiveAsync(ReplicaId from, CommitMessage message) => EnterAsync(() => Receive(from, message));

    /// <summary>Tries again what could not be applied, because something has come that it may have waited for.</summary>
    public ValueTask RetryAsync() => EnterAsync(() =>
    {
        foreach (var stalled in _participant.Transactions.Values.Where(each => each.Phase == ParticipantPhase.Stalled)) Take(_participant.TimerFired(stalled.Id));
    });

    /// <summary>Ends all work; what is durable is taken up at the next opening.</summary>
    public async ValueTask CloseAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false); // A check of the user's may be waiting for something.
        await _gate.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        StopTimers();
        _gate.Release();
    }

    private TransactionId? HolderOf(EntityId entity) => _participant.HolderOf(entity);

    private void Receive(ReplicaId from, CommitMessage message)
    {
        Take(_coordinator.Receive(from, message));
        Take(_participant.Receive(from, message));
    }

    private void Take(CommitStep<CommitCoordinator> step)
    {
        _coordinator = step.Next;
        Enqueue(CommitRole.Coordinator, step.Actions);
    }

    private void Take(CommitStep<CommitParticipant> step)
    {
        _participant = step.Next;
        Enqueue(CommitRole.Participant, step.Actions);
    }

    private void Enqueue(CommitRole role, IReadOnlyList<CommitAction> actions)
    {
        foreach (var action in actions) _actions.Enqueue((role, action));
    }
}
