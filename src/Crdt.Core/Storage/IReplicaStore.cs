using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>
/// Where the truth of one replica lives: its event log, the merged state of every entity, its vectors and its clock. One
/// caller at a time; what a call has acknowledged survives the process and the power.
/// </summary>
/// <remarks>
/// The store knows neither types nor merging: it keeps the bytes that it is given. All that one <see cref="CommitAsync"/>
/// is given becomes durable together or not at all.
/// </remarks>
public interface IReplicaStore : IAsyncDisposable
{
    /// <summary>
    /// Opens the store, which stays locked against every other opener until it is disposed. A new one takes the identity
    /// offered in <paramref name="offer"/>; an existing one keeps its own, unless it can't rule out that another copy of it writes under
    /// that: then it takes a new, random one.
    /// </summary>
    /// <param name="offer">The replica's name, schema and, for a new store, its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreException">
    /// It is locked, belongs to another schema, is of a newer format or is damaged; or it is new and no schema was offered, and stays new.
    /// </exception>
    ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default);

    /// <summary>The states of entities in the order asked for; empty where there is none. O(n log N).</summary>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default);

    /// <summary>Entities by their rows, in the order asked for; the default value where a row is gone. O(n log N).</summary>
    ValueTask<IReadOnlyList<StoredEntity>> ReadRowsAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken = default);

    /// <summary>Makes a change durable as a whole.</summary>
    /// <returns>The row of each of its entities, in the order given, also the one that an entity had of which nothing is left; 0 where there never was one.</returns>
    /// <exception cref="StoreException">It could not be written, for instance because the disk is full; nothing has changed.</exception>
    ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Begins a change that is written in parts. Until it ends, nothing else may be committed.</summary>
    /// <param name="revision">The number of the commit that it will be: one above the last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Events of a lane that <paramref name="after"/> doesn't cover, in the order in which they were applied here, which
    /// is a causal order: at least one where there is any, then as many as fit into <paramref name="maxBytes"/>.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="after">What the reader has seen already.</param>
    /// <param name="position">Where to go on: 0 at first, then <see cref="LogSlice.Position"/> of the slice before.</param>
    /// <param name="maxBytes">A bound on the bytes of the slice, but for a single event that exceeds it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the oldest events off a lane's log until at most <paramref name="keep"/> are left, and raises the floor accordingly. O(events taken off).
    /// </summary>
    /// <returns>The floor of the lane now; see <see cref="StoreState.Floors"/>.</returns>
    ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default);

    /// <summary>How many events a lane's log holds. O(n).</summary>
    ValueTask<long> CountEventsAsync(string lane, CancellationToken cancellationToken = default);

    /// <summary>Every entity in the order of ids, from the first above <paramref name="after"/>, at most <paramref name="limit"/> of them.</summary>
    /// <param name="after">The last one seen, or the default value to begin.</param>
    /// <param name="limit">How many to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<IReadOnlyList<StoredEntity>> ScanAsync(EntityId after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Every entity that was stored with <see cref="EntityWrite.InConflict"/>, in the order of ids. O(conflicts).</summary>
    IAsyncEnumerable<StoredEntity> ScanConflictsAsync(CancellationToken cancellationToken = default);

    /// <summary>The entities that have values of unique fields, in the order asked for, each list ascending; see <see cref="EntityWrite.Claimed"/>. O(n log N + found).</summary>
    ValueTask<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims, CancellationToken cancellationToken = default);

    /// <summary>The values of unique fields that several entities have, ascending. O(values of unique fields).</summary>
    ValueTask<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes the index of values of unique fields anew out of all entities, durably and in one step: where other fields are unique than before. O(N).</summary>
    /// <param name="claimsOf">What an entity has.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, CancellationToken cancellationToken = default);

    /// <summary>How many entities of each type are alive, by the number of the type. O(N).</summary>
    ValueTask<IReadOnlyDictionary<uint, long>> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The relationships, visible or not, that start or end at any of the given nodes; each once. O(n log N + found).</summary>
    ValueTask<IReadOnlyList<EntityId>> ReadIncidentAsync(IReadOnlyList<EntityId> nodes, CancellationToken cancellationToken = default);

    /// <summary>
    /// The relationships of one type, visible or not, that start at any of the given nodes; each once. O(n log N + found), where the store finds them by the
    /// beginning of their ids; otherwise as <see cref="ReadIncidentAsync"/>.
    /// </summary>
    async ValueTask<IReadOnlyList<EntityId>> ReadOutgoingAsync(IReadOnlyList<EntityId> nodes, uint type, CancellationToken cancellationToken = default)
    {
        var sources = nodes.ToHashSet();
        var incident = await ReadIncidentAsync(nodes, cancellationToken).ConfigureAwait(false);
        return [.. incident.Where(id => id.TypeId == type && sources.Contains(id.Source))];
    }

    /// <summary>
    /// What has changed since a projection's watermark, each entity once, with its state now and whether it was alive at
    /// the watermark. Null where the store no longer knows, or where more than <paramref name="limit"/> have changed: the
    /// projection is then to be rebuilt from <see cref="ScanAsync"/>.
    /// </summary>
    ValueTask<ChangeSet?> ReadChangesAsync(long watermark, int limit, CancellationToken cancellationToken = default);

    /// <summary>Forgets the changes up to a watermark that a projection has made durable.</summary>
    ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts rows aside under the name of a stage, durably. They are no part of the truth. A row replaces an earlier one of the same entity there.
    /// </summary>
    ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default);

    /// <summary>The rows of a stage in the order of ids, from the first above <paramref name="after"/>, at most <paramref name="limit"/> of them.</summary>
    ValueTask<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Drops a stage and its rows. One that doesn't exist is no error.</summary>
    ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default);

    /// <summary>The names of the stages that hold rows.</summary>
    ValueTask<IReadOnlyList<string>> ReadStagesAsync(CancellationToken cancellationToken = default);

    /// <summary>What was noted under a key, here or in <see cref="StoreCommit.Notes"/>; empty where nothing was.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Notes something of the replica's own under a key, durably; empty removes it.</summary>
    ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default);
}
