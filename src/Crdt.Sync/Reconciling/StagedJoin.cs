using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Differences;
using Crdt.Sync.Sessions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Reconciling;

/// <summary>
/// The last step of a reconciliation: joins a lane of the peer, as it was when that froze it, into this one as it is now. Three kinds of
/// rows can change: those that were sent, those that the peer lacked, and those that were equal and have changed here since. All
/// others are equal on both sides, so their join is what they are.
/// </summary>
/// <param name="own">This side's lane as it was compared.</param>
/// <param name="vector">The peer's vector at its snapshot.</param>
/// <param name="clock">The peer's clock then.</param>
/// <param name="onlyHere">The items that this side had and the peer had not.</param>
/// <param name="onlyThere">The items that the peer had and this side had not.</param>
/// <param name="stage">The peer's rows that this side had not.</param>
internal sealed class StagedJoin(LaneSnapshot own, VersionVector vector, Stamp clock, HashSet<ulong> onlyHere, HashSet<ulong> onlyThere, RowStage stage)
{
    private const int Page = 1000;
    private readonly HashSet<EntityId> _joined = [];
    private Action<IReadOnlyList<RowChange>, IReadOnlyList<long>> _written = static (_, _) => { };

    /// <summary>This side's lane as it was compared.</summary>
    public LaneSnapshot Own => own;

    public string Lane => own.Lane;

    public VersionVector Vector => vector;

    public Stamp Clock => clock;

    /// <summary>
    /// Writes every row that the join changes. Rows that were put aside and are gone are missed before anything is covered by the peer's vector:
    /// another session with the same peer, which puts its rows aside under the same name, drops them when it is through.
    /// </summary>
    /// <param name="store">The store; the caller holds it.</param>
    /// <param name="batch">The change that they are part of.</param>
    /// <param name="current">This side's vector now.</param>
    /// <param name="lanes">Knows the types, and learns the lanes of unknown ones.</param>
    /// <param name="written">Is told page by page which rows were written, and where: all of them may be too many to be kept.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SessionException">Rows are gone. Nothing may be committed.</exception>
    /// <exception cref="WireFormatException">A row holds what the peer says that it has not seen. Nothing may be committed.</exception>
    public async ValueTask WriteAsync(
        IReplicaStore store, IStoreBatch batch, VersionVector current, TypeLanes lanes, Action<IReadOnlyList<RowChange>, IReadOnlyList<long>> written, CancellationToken cancellationToken)
    {
        _written = written;
        var missing = onlyThere.ToHashSet();
        await foreach (var page in stage.ReadAsync(store, cancellationToken).ConfigureAwait(false))
        {
            StagedRow[] sent = [.. page.Where(row => onlyThere.Contains(row.Item))];
            foreach (var row in sent) Admit(row, lanes);
            foreach (var row in sent) missing.Remove(row.Item);
            await JoinAsync(store, batch, current, lanes.Schema, sent, cancellationToken).ConfigureAwait(false);
        }

        if (missing.Count > 0)
            throw new SessionException(SessionEnd.Outdated, $"{missing.Count} rows that were put aside are gone, since another session with the same peer was through sooner; sync again to go on.");
        foreach (var items in onlyHere.ToArray().Chunk(Page)) // A copy: what is joined leaves the set.
        {
            var lacking = await own.ReadAsync(store, items, cancellationToken).ConfigureAwait(false);
            await JoinAsync(store, batch, current, lanes.Schema, [.. lacking.Where(row => row.Id != default).Select(row => Absent(row.Id))], cancellationToken).ConfigureAwait(false);
        }

        var equal = own.Changed.Where(id => !_joined.Contains(id)).Select(EqualThen);
        foreach (var page in equal.Chunk(Page)) await JoinAsync(store, batch, current, lanes.Schema, page, cancellationToken).ConfigureAwait(false);
    }

    private void Admit(StagedRow row, TypeLanes lanes)
    {
        var (id, state) = (row.Entity.Id, row.Entity.State);
        if (!row.IsAdmitted) EventAdmission.RequireRow(id, state.Span, Lane, lanes.Schema, vector, clock);
        lanes.Learn(id, Lane);
    }

    private static StagedRow Absent(EntityId id) => new(new(id, default), Digest: 0, IsAdmitted: true);

    private StagedRow EqualThen(EntityId id)
    {
        var former = own.FormerOf(id)!.Value;
        return new(new(id, former.Row), former.Digest, IsAdmitted: true);
    }

    private async ValueTask JoinAsync(
        IReplicaStore store, IStoreBatch batch, VersionVector current, GraphSchema schema, IReadOnlyList<StagedRow> theirs, CancellationToken cancellationToken)
    {
        if (theirs.Count == 0) return;
        var ours = await own.ReadCurrentAsync(store, [.. theirs.Select(row => row.Entity.Id)], cancellationToken).ConfigureAwait(false);
        var (changes, origins) = (new List<RowChange>(), new List<int>());
        for (var i = 0; i < ours.Count; i++)
        {
            var row = ours[i];
            var joined = EncodedEntity.Join(OrEmpty(row), current, OrEmpty(theirs[i].Entity.State), vector);
            if (joined.AsSpan().SequenceEqual(OrEmpty(row))) continue;
            changes.Add(EventApplication.ChangeOf(schema, theirs[i].Entity.Id, row, joined));
            origins.Add(i);
        }

        IReadOnlyList<long> rows = [];
        var writing = batch.WriteAsync([.. changes.Select(change => change.Write)], cancellationToken);
        try
        {
            Digest(theirs, ours, changes, origins); // A store may write on another thread what is large: meanwhile this one hashes.
        }
        finally
        {
            rows = await writing.ConfigureAwait(false);
        }

        _written(changes, rows);
    }

    /// <summary>Takes note of the digests of what was joined.</summary>
    /// <param name="theirs">What was joined.</param>
    /// <param name="ours">What it was joined into.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="origins">Which of those each change is of.</param>
    private void Digest(IReadOnlyList<StagedRow> theirs, IReadOnlyList<ReadOnlyMemory<byte>> ours, List<RowChange> changes, List<int> origins)
    {
        var digests = new UInt128[ours.Count];
        for (var i = 0; i < digests.Length; i++)
        {
            digests[i] = EntityDigest.OfRow(theirs[i].Entity.Id, ours[i].Span);
            Account(theirs[i].Entity.Id, digests[i]);
        }

        for (var i = 0; i < changes.Count; i++) changes[i] = WithDigests(changes[i], digests[origins[i]], theirs[origins[i]]);
    }

    private static RowChange WithDigests(RowChange change, UInt128 before, StagedRow theirs)
    {
        var isTheirs = theirs.Entity.State.Span.SequenceEqual(change.Write.State.Span);
        return change with { Digests = (before, isTheirs ? theirs.Digest : EntityDigest.OfRow(theirs.Entity.Id, change.Write.State.Span)) };
    }

    /// <summary>What was sent is not lacking there, and is not equal.</summary>
    private void Account(EntityId id, UInt128 digest)
    {
        if (own.FormerOf(id) is { } former)
        {
            _joined.Add(id);
            digest = former.Digest;
        }

        if (digest != 0) onlyHere.Remove(EntityDigest.ItemOf(digest));
    }

    private static ReadOnlySpan<byte> OrEmpty(ReadOnlyMemory<byte> state) => state.IsEmpty ? EncodedEntity.Empty.Span : state.Span;
}
