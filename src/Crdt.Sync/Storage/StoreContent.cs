using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>All that an <see cref="InMemoryDisk"/> holds at one moment. Immutable, so keeping an older one is all that taking a change back needs.</summary>
/// <param name="Replica">Whose store it is.</param>
/// <param name="Name">The replica's name for people.</param>
/// <param name="SchemaBytes">The newest schema that the store was opened with, in its wire form: what a program knows beyond that is not stored.</param>
internal sealed record StoreContent(ReplicaId Replica, string Name, ReadOnlyMemory<byte> SchemaBytes)
{
    /// <summary>The identities that were written under, the last of them <see cref="Replica"/>.</summary>
    public ImmutableList<Incarnation> Incarnations { get; init; } = [new(Replica, null, IncarnationReason.Created, 0)];

    public Stamp Clock { get; init; }

    public long Revision { get; init; }

    /// <summary>The highest watermark whose changes were forgotten.</summary>
    public long Forgotten { get; init; }

    public long LastRow { get; init; }

    // Sorted everywhere, because an order by hashes would differ from process to process.
    public ImmutableSortedDictionary<string, LaneLog> Lanes { get; init; } = ImmutableSortedDictionary.Create<string, LaneLog>(StringComparer.Ordinal);

    public ImmutableSortedSet<StoredRow> Entities { get; init; } = StoredRow.None;

    /// <summary>Those of the entities that are in conflict.</summary>
    public ImmutableSortedSet<StoredRow> Conflicts { get; init; } = StoredRow.None;

    public ImmutableSortedDictionary<long, EntityId> Rows { get; init; } = ImmutableSortedDictionary<long, EntityId>.Empty;

    public ImmutableSortedSet<Incidence> Incidences { get; init; } = Storage.Incidence.None;

    public ImmutableSortedSet<StoredClaim> Claims { get; init; } = StoredClaim.None;

    public ImmutableSortedSet<StoredChange> Changes { get; init; } = StoredChange.None;

    public ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Notes { get; init; } = ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, ImmutableSortedSet<StoredRow>> Stages { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<StoredRow>>(StringComparer.Ordinal);

    public static StoreContent New(StoreOffer offer) =>
        new StoreContent(offer.Replica, offer.Name, BytesOf(offer.RequireFirst("This disk"))).Note(StoreOffer.KeyNoteOf(offer.Replica), offer.PrivateKey);

    public StoreContent ReopenedWith(StoreOffer offer) => offer.Schema is null ? this : this with { SchemaBytes = BytesOf(offer.RequireMergeable("This disk", ReadSchema())) };

    public StoreState Describe(GraphSchema? offered)
    {
        var vectors = Lanes.ToDictionary(lane => lane.Key, lane => lane.Value.Vector.Clone(), StringComparer.Ordinal);
        var floors = Lanes.Where(lane => lane.Value.Floor is not null).ToDictionary(lane => lane.Key, lane => lane.Value.Floor!.Clone(), StringComparer.Ordinal);
        return new(Replica, Name, Clock, Revision, vectors, offered ?? ReadSchema()) { Floors = floors, Incarnations = Incarnations };
    }

    /// <summary>Rows in the order of their ids from the first above <paramref name="after"/>.</summary>
    public static IReadOnlyList<StoredEntity> Page(ImmutableSortedSet<StoredRow> rows, EntityId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return [.. rows.From(StoredRow.Of(after)).SkipWhile(row => row.Id == after).Take(limit).Select(row => new StoredEntity(row.Id, row.State) { Row = row.Row })];
    }

    public ReadOnlyMemory<byte> Read(EntityId id) => Entities.TryGetValue(StoredRow.Of(id), out var row) ? row.State : default;

    public StoredEntity ReadRow(long row) => Rows.TryGetValue(row, out var id) ? new(id, Read(id)) { Row = row } : default;

    public IReadOnlyDictionary<uint, long> Count()
    {
        var counts = new Dictionary<uint, long>();
        foreach (var row in Entities.Where(row => row.IsAlive)) counts[row.Id.TypeId] = counts.GetValueOrDefault(row.Id.TypeId) + 1;
        return counts;
    }

    public IEnumerable<EntityId> Incident(EntityId node) =>
        Incidences.From(new(node, default)).TakeWhile(incidence => incidence.Node == node).Select(incidence => incidence.Relationship);

    public IReadOnlyList<EntityId> ClaimantsOf(UniqueClaim claim) => [.. Claims.From(new(claim, default)).TakeWhile(stored => stored.Claim == claim).Select(stored => stored.Id)];

    public IReadOnlyList<SharedClaim> SharedClaims() =>
        [.. Claims.GroupBy(stored => stored.Claim, stored => stored.Id).Where(claim => claim.Count() > 1).Select(claim => new SharedClaim(claim.Key, [.. claim]))];

    public StoreContent IndexClaims(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf) =>
        this with { Claims = [.. Entities.SelectMany(row => claimsOf(new(row.Id, row.State) { Row = row.Row }).Select(claim => new StoredClaim(claim, row.Id)))] };

    public ChangeSet? ReadChanges(long watermark, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (watermark < Forgotten || watermark > Revision) return null;
        var (seen, changes) = (new HashSet<EntityId>(), new List<EntityChange>());
        foreach (var change in Changes.From(new(watermark + 1, 0)))
        {
            if (!seen.Add(change.Id)) continue;
            if (seen.Count > limit) return null;
            changes.Add(new(change.Id, change.WasAlive, Read(change.Id)));
        }

        return new(Revision, changes);
    }

    public StoreContent ForgetChanges(long watermark)
    {
        if (watermark > Revision) throw new ArgumentException($"The last commit was number {Revision}; changes up to {watermark} can't be forgotten.", nameof(watermark));
        if (watermark <= Forgotten) return this;
        return this with { Forgotten = watermark, Changes = Changes.Except(Changes.TakeWhile(change => change.Revision <= watermark)) };
    }

    public StoreContent Stage(string stage, IReadOnlyList<StoredEntity> rows)
    {
        if (rows.Count == 0) return this;
        var staged = Stages.GetValueOrDefault(stage, StoredRow.None).ToBuilder();
        foreach (var (id, state) in rows)
        {
            staged.Remove(StoredRow.Of(id));
            staged.Add(StoredRow.Of(id) with { State = state.ToArray() });
        }

        return this with { Stages = Stages.SetItem(stage, staged.ToImmutable()) };
    }

    public StoreContent Reincarnate(Incarnation incarnation) => this with { Replica = incarnation.Replica, Incarnations = Incarnations.Add(incarnation) };

    public StoreContent Note(string key, ReadOnlyMemory<byte> value) =>
        this with { Notes = value.IsEmpty ? Notes.Remove(key) : Notes.SetItem(key, value.ToArray()) };

    private GraphSchema ReadSchema()
    {
        var reader = new WireReader(SchemaBytes.Span);
        return GraphSchema.Read(ref reader);
    }

    private static byte[] BytesOf(GraphSchema schema)
    {
        var writer = new WireWriter(capacity: 256);
        schema.Write(ref writer);
        return writer.Finish();
    }
}
