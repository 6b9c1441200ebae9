using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>Which entities have the values of unique fields.</content>
internal sealed partial class StoreSession
{
    public async Task<IReadOnlyList<IReadOnlyList<EntityId>>> ReadClaimantsAsync(IReadOnlyList<UniqueClaim> claims)
    {
        KeyRange[] ranges = [.. claims.Select(claim => KeyRange.Only(EntityKeys.Claim(claim)))];
        var found = await _database.ReadAsync(RecordStore.Entity, isIndexed: true, ranges, int.MaxValue, withRecords: false).ConfigureAwait(false);
        return [.. found.Select(claimants => (IReadOnlyList<EntityId>)[.. claimants.Select(entity => EntityId.FromTrusted(entity.Key.ToArray()))])];
    }

    public async Task<IReadOnlyList<SharedClaim>> ReadSharedClaimsAsync()
    {
        var shared = await _database.ReadSharedAsync(RecordStore.Entity, EntityKeys.Claims).ConfigureAwait(false);
        return [.. shared.Select(claim => new SharedClaim(EntityKeys.ClaimOf(claim.Key.Span), [.. claim.Records.Select(key => EntityId.FromTrusted(key.ToArray()))]))];
    }

    // What is written in parts can be taken back until the last of them is durable, as with a batch.
    public async Task IndexClaimsAsync(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf)
    {
        RequireNoBatch();
        var part = 0;
        try
        {
            for (var range = KeyRange.All; await _database.ReadAsync(RecordStore.Entity, range, AtOnce).ConfigureAwait(false) is { Count: > 0 } page; range = range.After(page[^1].Key.ToArray()))
            {
                var (changes, undo) = (new RecordChanges(), new RecordChanges());
                foreach (var (key, record) in page) Claim(Stored(key, record), EntityRecord.Read(record), claimsOf, changes, undo);
                if (!changes.IsEmpty) await WritePartAsync(changes, undo, part++).ConfigureAwait(false);
            }

            await WriteAsync(changes => changes.Delete(RecordStore.Undo, KeyRange.All)).ConfigureAwait(false);
        }
        catch
        {
            await TakeBackQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void Claim(StoredEntity entity, EntityRecord before, Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf, RecordChanges changes, RecordChanges undo)
    {
        UniqueClaim[] claims = [.. claimsOf(entity).Distinct()];
        if (claims.AsSpan().SequenceEqual(before.Claims)) return;
        changes.PutEntity(entity.Id, before with { Claims = claims });
        undo.PutEntity(entity.Id, before);
    }
}
