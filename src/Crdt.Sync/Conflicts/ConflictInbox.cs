using System.Runtime.CompilerServices;
using Crdt.Schema;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Conflicts;

/// <summary>
/// What concurrent writes have left for a person to look at. It is read from the entities, so it is the same on every replica that holds the same, and a
/// conflict that is settled anywhere disappears everywhere.
/// </summary>
/// <remarks>
/// A conflict is found by causality, never by time: writes that did not know of each other. Changes of counters, sets, lists and flags are added up by their
/// types (<c>cumulative</c>), and leave nothing to settle.
/// </remarks>
public sealed class ConflictInbox
{
    private readonly ReplicaTruth _truth;
    private readonly Func<CancellationToken, ValueTask<GraphTransaction>> _begin;

    internal ConflictInbox(ReplicaTruth truth, Func<CancellationToken, ValueTask<GraphTransaction>> begin) => (_truth, _begin) = (truth, begin);

    private GraphSchema Schema => _truth.Schema;

    /// <summary>All that there are: fields and deletions by entity, then relationships, then shared values. O(conflicts + relationships of types that have a multiplicity + values of unique fields).</summary>
    public async IAsyncEnumerable<Conflict> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var entities = await _truth.ReadAsync(store => ConflictReader.ReadAsync(store, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var conflict in entities.SelectMany(entity => ConflictReader.ConflictsOf(entity, Schema))) yield return conflict;
        var hidden = await _truth.ReadAsync(store => new ConnectionConflicts(store, Schema).ReadAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var conflict in hidden) yield return conflict;
        var shared = await _truth.ReadAsync(store => DuplicateConflicts.ReadAsync(store, Schema, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var conflict in shared) yield return conflict;
    }

    /// <summary>
    /// All that there are, and then each new one after the commit or session that it came with, until it is cancelled or the replica is closed. One that was
    /// settled before it was looked at is passed over. Each look costs what <see cref="ListAsync"/> does; commits in between share one.
    /// </summary>
    public async IAsyncEnumerable<Conflict> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var known = new HashSet<ConflictId>(); ;)
        {
            var next = _truth.ConflictsMayChange; // Asked for before the look, so that nothing comes in between.
            if (await LookAsync(cancellationToken).ConfigureAwait(false) is not { } present) yield break;
            foreach (var conflict in present.Where(conflict => !known.Contains(conflict.Id))) yield return conflict;
            known = [.. present.Select(conflict => conflict.Id)];
            if (!await next.WaitAsync(cancellationToken).ConfigureAwait(false)) yield break;
        }
    }

    /// <summary>Settles a conflict, by a transaction of its own: an ordinary write, which every replica takes over. O(entity).</summary>
    /// <param name="conflict">The conflict, as it was listed or watched.</param>
    /// <param name="settlement">What is to become of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">Conflicts of that kind can't be settled so, or the write is none of the conflict's.</exception>
    /// <exception cref="InvalidOperationException">It isn't there any more: it was settled, or written to since it was listed.</exception>
    /// <exception cref="Crdt.Storage.StoreException">The store failed; nothing has changed.</exception>
    public async Task SettleAsync(Conflict conflict, Settlement settlement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        ArgumentNullException.ThrowIfNull(settlement);
        var transaction = await _begin(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ConflictSettler.SettleAsync(transaction, conflict, settlement, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All that there are; null where the replica is closed.</summary>
    private async ValueTask<List<Conflict>?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }
}
