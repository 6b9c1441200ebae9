using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Uniqueness;
using Crdt.Uniqueness;

namespace Crdt.Sync.Conflicts;

/// <summary>
/// Finds the entities that have one value of a unique field, because they were written by replicas that did not know of each other. The owner is who wrote it first: the smallest stamp, then dot, then
/// id, all of the state, so that it is the same on every replica that holds the same.
/// </summary>
internal static class DuplicateConflicts
{
    /// <summary>One for each entity that shares a value and doesn't own it. O(values of unique fields).</summary>
    public static async ValueTask<List<Conflict>> ReadAsync(IReplicaStore store, GraphSchema schema, CancellationToken cancellationToken)
    {
        var conflicts = new List<Conflict>();
        if (!schema.Types.Any(type => type.UniqueFields.Count > 0)) return conflicts;
        foreach (var shared in await store.ReadSharedClaimsAsync(cancellationToken).ConfigureAwait(false))
        {
            var rows = await store.ReadAsync(shared.Claimants, cancellationToken).ConfigureAwait(false);
            conflicts.AddRange(Of(shared, rows, schema));
        }

        return conflicts;
    }

    /// <summary>What tells a conflict from another one of the same entities.</summary>
    public static ConflictId IdOf(EntityId entity, in ClaimedValue own, in ClaimedValue first) => ConflictId.Of(entity, own.Field.Id, own.Claim.ToBytes(), [own.Dot, first.Dot]);

    private static IEnumerable<Conflict> Of(SharedClaim shared, IReadOnlyList<ReadOnlyMemory<byte>> rows, GraphSchema schema)
    {
        if (schema.Find(shared.Claimants[0].TypeId) is not { } type) yield break;
        var claimants = shared.Claimants.Zip(rows, (id, row) => (Id: id, Claimed: UniqueClaims.Of(type, row.Span).First(each => each.Claim == shared.Claim))).ToList();
        claimants.Sort((a, b) => (a.Claimed.Stamp, a.Claimed.Dot, a.Id).CompareTo((b.Claimed.Stamp, b.Claimed.Dot, b.Id)));
        var (owner, first) = claimants[0];
        var value = ValueReader.Decode(first.Field.Value, new WireReader(first.Value.Span));
        foreach (var (id, claimed) in claimants.Skip(1))
        {
            yield return new(ConflictKind.DuplicateValue, type, id, claimed.Field, claimants.Count, "first_claim_wins")
            {
                Owner = owner,
                Reads = value,
                Id = IdOf(id, claimed, first),
            };
        }
    }
}
