using System.Collections.Concurrent;
using Crdt.Clocks;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Sync.Uniqueness;

namespace Crdt.Sync;

/// <content>Transactions that several replicas agree to.</content>
public sealed partial class GraphReplica
{
    private readonly CommitLinks _commitLinks = new();
    private readonly ConcurrentDictionary<TransactionId, DistributedTransaction> _distributed = [];
    private readonly CancellationTokenSource _closing = new();
    private CommitSite _site = null!;
    private CommitOptions _commitOptions = null!;
    private IntentRunner _intentRunner = null!;

    /// <summary>The truth for transactions where some values are unique; null where none are.</summary>
    private ReservingTruth? _reserving;

    /// <summary>The peers that stand ready for distributed transactions with this replica, by the ids that they write under.</summary>
    public IReadOnlyList<ReplicaId> ReadyPeers => _commitLinks.Peers;

    /// <summary>
    /// What this replica has promised to commit and is not done with. What they touch is reserved: local commits of it are refused with <see cref="EntityReservedException"/>.
    /// </summary>
    public IReadOnlyList<DoubtfulTransaction> InDoubt => [.. _site.InDoubt.Select(each => new DoubtfulTransaction(each.Id, each.Participants, each.Entities, each.Phase != ParticipantPhase.Prepared))];

    /// <summary>What this replica has decided to commit and has not heard of from all participants, with those.</summary>
    public IReadOnlyDictionary<TransactionId, IReadOnlyList<ReplicaId>> Untold =>
        _site.Unfinished.Where(each => each.Phase == CoordinatorPhase.Committed).ToDictionary(each => each.Id, each => (IReadOnlyList<ReplicaId>)[.. each.Missing]);

    /// <summary>What else this replica wants to know of a distributed transaction before it agrees to it: gives the reason to refuse it, or null. It is asked one at a time, may read the replica, must not begin a transaction on it, and is cancelled when it is closed.</summary>
    public Func<ProposedTransaction, CancellationToken, ValueTask<string?>>? CheckProposal { get; set; }

    /// <summary>Is told when the outcome of a distributed transaction is not the one that this replica was told by <see cref="SettleAsync"/>; the outcome holds.</summary>
    public event Action<TransactionId, CommitOutcome>? OutcomeContradicted;

    /// <summary>The transactions that wait until all of their participants are there, and those that were refused for good, the oldest first.</summary>
    public IReadOnlyList<TransactionIntent> Intents => _site.Intents;

    /// <summary>Is told what became of an intent: it was committed, and has left <see cref="Intents"/>, or was refused for good, and stays there until it is cancelled.</summary>
    public event Action<TransactionIntent, DistributedResult>? IntentEnded;

    /// <summary>Takes an intent out of the queue. One that is decided already has left it.</summary>
    /// <exception cref="Crdt.Storage.StoreException">That can't be written; it stays queued.</exception>
    public ValueTask CancelIntentAsync(ulong number) => _site.CancelAsync(number);

    /// <summary>Begins a transaction that takes effect at all of its participants or nowhere. Dispose it, or commit it, within <see cref="CommitOptions.DecisionDeadline"/>.</summary>
    public async ValueTask<DistributedTransaction> BeginDistributedAsync()
    {
        var id = await _site.BeginAsync().ConfigureAwait(false);
        var transaction = new DistributedTransaction(id, _site, _commitLinks, Schema, _commitOptions, ended => _distributed.TryRemove(ended.Id, out _));
        _distributed[id] = transaction;
        return transaction;
    }

    /// <summary>
    /// Stands ready for distributed transactions with a peer, until the way ends, the token is cancelled, or the replica is closed. Both sides call this. Sessions have ways of their
    /// own; what a transaction depends on and this replica lacks is asked for on this one.
    /// </summary>
    /// <param name="transport">The way to the peer. It stays the caller's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SessionException">The peer speaks another version, is this replica itself, or says what can't be.</exception>
    /// <exception cref="IOException">The way broke.</exception>
    public async Task StandReadyAsync(ISyncTransport transport, CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await new CommitLink(transport, _truth, _site).RunAsync(_commitLinks, ending.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (_closing.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // The replica was closed, which ends it as it should.
        }
    }

    /// <summary>Stands ready with a replica in the same process.</summary>
    /// <inheritdoc cref="StandReadyAsync(ISyncTransport, CancellationToken)"/>
    public async Task StandReadyAsync(GraphReplica peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var (here, there) = InMemoryTransport.CreatePair();
        await Task.WhenAll(EndingAsync(this, here, cancellationToken), EndingAsync(peer, there, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Where this replica is with a distributed transaction, as coordinator or participant.</summary>
    public ParticipantStatus StatusOf(TransactionId id) => _site.StatusOf(id);

    /// <summary>
    /// Says what becomes of a transaction that is in doubt here, because nobody who knows the outcome will ever come back. It is not passed on to others. If the outcome is heard after all it
    /// holds, and where it is another one <see cref="OutcomeContradicted"/> tells.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not in doubt here.</exception>
    /// <exception cref="Crdt.Storage.StoreException">That can't be written; it stays in doubt.</exception>
    public ValueTask SettleAsync(TransactionId id, CommitOutcome outcome) => _site.SettleAsync(id, outcome);

    /// <summary>Says that a participant of a transaction that this replica has committed will never come back, so that it need not be told any more.</summary>
    public ValueTask DismissAsync(TransactionId id, ReplicaId participant) => _site.DismissAsync(id, participant);

    private static async Task EndingAsync(GraphReplica replica, InMemoryTransport transport, CancellationToken cancellationToken)
    {
        await using (transport.ConfigureAwait(false)) await replica.StandReadyAsync(transport, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask OpenSiteAsync(CommitOptions options, CancellationToken cancellationToken)
    {
        if (options.Lease <= TimeSpan.Zero || options.Lease > TimeSpan.FromDays(1) || options.RetryInterval <= TimeSpan.Zero || options.DecisionDeadline <= TimeSpan.Zero || options.ClaimWait <= TimeSpan.Zero)
            throw new ArgumentException("The times of distributed transactions have to be positive, and a lease a day at most.", nameof(options));
        _commitOptions = options;
        var ports = new CommitPorts(_commitLinks.SendAsync)
        {
            LackAsync = _commitLinks.LackAsync,
            CheckAsync = (proposed, token) => CheckProposal?.Invoke(proposed, token) ?? ValueTask.FromResult<string?>(null),
            AfterCommitAsync = AfterCommitAsync,
            Finished = finish => _distributed.GetValueOrDefault(finish.Id)?.Finish(finish),
            Contradicted = contradicted => OutcomeContradicted?.Invoke(contradicted.Id, contradicted.Outcome),
            Progressed = ObserveDistributed,
            Faulted = AbandonDistributed,
            Lanes = _lanes,
        };
        _site = await CommitSite.OpenAsync(_truth, ports, options, cancellationToken).ConfigureAwait(false);
        _intentRunner = new(_site, _commitLinks, BeginDistributedAsync, options, (intent, result) => IntentEnded?.Invoke(intent, result));
        if (Schema.Types.Any(type => type.UniqueFields.Count > 0)) _reserving = new(_truth, _commitLinks, BeginDistributedAsync, options);
        _commitLinks.Changed = () => _ = _intentRunner.RunAsync(_closing.Token);
    }

    private async ValueTask CloseSiteAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _site.CloseAsync().ConfigureAwait(false);
        AbandonDistributed();
    }

    private void AbandonDistributed()
    {
        foreach (var transaction in _distributed.Values) transaction.Abandon();
    }

    private void ObserveDistributed()
    {
        if (_distributed.IsEmpty) return;
        var unfinished = _site.Unfinished.ToDictionary(each => each.Id);
        foreach (var transaction in _distributed.Values) transaction.Observe(unfinished.GetValueOrDefault(transaction.Id));
    }
}
