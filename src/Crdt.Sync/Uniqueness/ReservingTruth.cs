using System.Runtime.ExceptionServices;
using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Sync.Events;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Uniqueness;

/// <summary>
/// The truth for transactions that may claim unique values. While peers stand ready, what is claimed is reserved at all of them by two-phase commit, of which the transaction's event is the decision; so of
/// two replicas that claim one value at once, one at most gets it. Where nobody is there, it is committed as it is, and who else has claimed it is in conflict later.
/// </summary>
/// <param name="truth">The truth.</param>
/// <param name="links">Who stands ready.</param>
/// <param name="begin">Begins a distributed transaction.</param>
/// <param name="options">How long to wait.</param>
internal sealed class ReservingTruth(ReplicaTruth truth, CommitLinks links, Func<ValueTask<DistributedTransaction>> begin, CommitOptions options) : ITransactionTruth
{
    /// <summary>How often it is begun, where somebody else claims the same at once or peers come and go.</summary>
    private const int Attempts = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public ReplicaId Id => truth.Id;

    public HybridClock Clock => truth.Clock;

    public bool IsOffline => truth.IsOffline;

    public VersionVector VectorOf(string lane) => truth.VectorOf(lane);

    public ValueTask<(ReadOnlyMemory<byte> Row, VersionVector Vector)> ReadRowAsync(EntityId id, string lane, CancellationToken cancellationToken) => truth.ReadRowAsync(id, lane, cancellationToken);

    public async ValueTask<IReadOnlyList<GraphEvent>> CommitAsync(IReadOnlyList<LaneWrites> lanes, CancellationToken cancellationToken)
    {
        if (links.Peers.Count == 0 || IsOffline) return await truth.CommitAsync(lanes, cancellationToken).ConfigureAwait(false);
        var changes = await truth.HoldAsync(held => held.RequireUniqueAsync(lanes, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!changes.Any(change => change.Claimed.Count > 0)) return await truth.CommitAsync(lanes, cancellationToken).ConfigureAwait(false);
        var claims = Require(ClaimOperations.Of(changes));
        var silent = new HashSet<ReplicaId>();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            ReplicaId[] peers = [.. links.Peers.Where(peer => !silent.Contains(peer)).Take(CommitMessageCodec.MaxParticipants - 1)];
            if (peers.Length == 0) return await truth.CommitAsync(lanes, cancellationToken).ConfigureAwait(false);
            var outcome = await TryAsync(lanes, claims, LaneOf(changes), peers, cancellationToken).ConfigureAwait(false);
            if (outcome.Events is { } events) return events;
            silent.UnionWith(outcome.Silent);
            if (outcome.Refusals.FirstOrDefault(refusal => refusal.Reason == RefusalReason.Taken) is { } taken) throw Taken(changes, claims, taken);
            if (outcome.Refusals.FirstOrDefault(refusal => refusal.Reason == RefusalReason.Reserved) is not { } reserved) continue;
            if (attempt == Attempts) throw new EntityReservedException(changes[0].Type.Name, changes[0].Entity, reserved.Holder!.Value);
            await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
        }

        throw new InvalidOperationException($"What is claimed could not be reserved in {Attempts} attempts: peers come and go, or this replica is busy. Nothing was committed; commit again a little later.");
    }

    private async Task<Outcome> TryAsync(IReadOnlyList<LaneWrites> lanes, IReadOnlyList<Operation> claims, string lane, ReplicaId[] peers, CancellationToken cancellationToken)
    {
        IReadOnlyList<GraphEvent>? events = null;
        Exception? failure = null;
        var work = new CommitWork(DecideAsync) { Lane = lane };
        var transaction = await begin().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            using var patience = new CancellationTokenSource(options.ClaimWait, truth.Time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var result = await transaction.ReserveAsync(claims, peers, work, waiting.Token).ConfigureAwait(false);
                if (failure is not null) ExceptionDispatchInfo.Throw(failure);
                return result.IsCommitted ? new(events, [], []) : Outcome.Of(result, Id);
            }
            catch (ParticipantUnreachableException error)
            {
                return new(null, error.Participants, []);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new(null, [.. peers.Except(transaction.Willing)], []);
            }
        }

        async ValueTask<string?> DecideAsync(HeldTruth deciding)
        {
            try
            {
                events = await deciding.CommitAsync(lanes, CancellationToken.None).ConfigureAwait(false);
                return null;
            }
            catch (Exception error) when (error is InvalidOperationException or StoreException)
            {
                failure = error; // Whoever commits is told of it as without peers.
                throw;
            }
        }
    }

    private static IReadOnlyList<Operation> Require(IReadOnlyList<Operation> claims) => claims.Count <= OperationCodec.MaxOperations ? claims
        : throw new InvalidOperationException($"The transaction claims {claims.Count} unique values; while peers stand ready, {OperationCodec.MaxOperations} are the most. Nothing was committed; commit them in several transactions, or go offline before.");

    private static string LaneOf(IReadOnlyList<ClaimChange> changes)
    {
        string[] lanes = [.. changes.Where(change => change.Claimed.Count > 0).Select(change => change.Type.Lane).Distinct().Order(StringComparer.Ordinal)];
        return lanes is [var lane] ? lane : throw new InvalidOperationException($"The transaction claims unique values in the lanes {string.Join(" and ", lanes)}, and peers stand ready, who are asked about one lane at a time. Nothing was committed; commit them in several transactions.");
    }

    private static UniqueValueTakenException Taken(IReadOnlyList<ClaimChange> changes, IReadOnlyList<Operation> claims, Refusal taken)
    {
        var claim = claims.FirstOrDefault(each => ClaimOperations.OwnerOf(each, taken) is not null) ?? claims[0];
        return changes.First(change => change.Claimed.Contains(claim.Claim)).TakenElsewhere(claim.Claim, ClaimOperations.OwnerOf(claim, taken) ?? "Another one");
    }

    /// <summary>Two that meet had better not come back at the same time.</summary>
    private Task PauseAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(Pause * attempt * (1 + Id.Share), truth.Time, cancellationToken);

    /// <param name="Events">What was committed; null where nothing was.</param>
    /// <param name="Silent">The peers that can't be asked.</param>
    /// <param name="Refusals">Why others refused.</param>
    private sealed record Outcome(IReadOnlyList<GraphEvent>? Events, IReadOnlyList<ReplicaId> Silent, IReadOnlyList<Refusal> Refusals)
    {
        public static Outcome Of(DistributedResult result, ReplicaId self)
        {
            ParticipantVote[] refused = [.. result.Votes.Where(vote => vote.Refusal is not null)];
            ParticipantVote[] unable = [.. refused.Where(vote => vote.Refusal!.Reason is not (RefusalReason.Taken or RefusalReason.Reserved))];
            if (unable.FirstOrDefault(vote => vote.Participant == self)?.Refusal is { } own) throw new StoreException($"What is claimed can't be reserved here: {own.Reason} {own.Text}. Nothing was committed.");
            return new(null, [.. unable.Select(vote => vote.Participant)], [.. refused.Select(vote => vote.Refusal!)]);
        }
    }
}
