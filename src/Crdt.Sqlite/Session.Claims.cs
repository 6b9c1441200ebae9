using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <content>Which entities have the values of unique fields.</content>
internal sealed partial class Session
{
    private readonly Statement _claim, _release, _claimants, _shared;

    public IReadOnlyList<IReadOnlyList<EntityId>> ReadClaimants(IReadOnlyList<UniqueClaim> claims)
    {
        var found = new IReadOnlyList<EntityId>[claims.Count];
        for (var i = 0; i < found.Length; i++) found[i] = ReadClaimants(claims[i].ToBytes());
        return found;
    }

    public IReadOnlyList<SharedClaim> ReadSharedClaims()
    {
        var shared = new List<byte[]>();
        while (_shared.Step()) shared.Add(_shared.Bytes(0).ToArray());
        return [.. shared.Select(claim => new SharedClaim(UniqueClaim.Read(claim), ReadClaimants(claim)))];
    }

    public void IndexClaims(Func<StoredEntity, IReadOnlyList<UniqueClaim>> claimsOf)
    {
        RequireNoBatch();
        Transact(() =>
        {
            _database.Execute("DELETE FROM claim");
            using var entities = _database.Prepare("SELECT row, id, state FROM entity");
            while (entities.Step())
            {
                var entity = new StoredEntity(EntityId.FromTrusted(entities.Bytes(1).ToArray()), entities.Bytes(2).ToArray()) { Row = entities.Integer(0) };
                foreach (var claim in claimsOf(entity)) _claim.Bind(1, claim.ToBytes()).Bind(2, entity.Row).Run();
            }
        });
    }

    private void PrepareClaims(out Statement claim, out Statement release, out Statement claimants, out Statement shared)
    {
        claim = _database.Prepare("INSERT OR IGNORE INTO claim(value, row) VALUES(?1, ?2)");
        release = _database.Prepare("DELETE FROM claim WHERE value = ?1 AND row = ?2");
        claimants = _database.Prepare("SELECT entity.id FROM claim JOIN entity ON entity.row = claim.row WHERE claim.value = ?1");
        shared = _database.Prepare("SELECT value FROM claim GROUP BY value HAVING count(*) > 1 ORDER BY value");
    }

    private void WriteClaims(EntityWrite write, long row)
    {
        foreach (var claim in write.Released) _release.Bind(1, claim.ToBytes()).Bind(2, row).Run();
        foreach (var claim in write.Claimed) _claim.Bind(1, claim.ToBytes()).Bind(2, row).Run();
    }

    private EntityId[] ReadClaimants(byte[] claim)
    {
        var found = new List<EntityId>();
        _claimants.Bind(1, claim);
        while (_claimants.Step()) found.Add(EntityId.FromTrusted(_claimants.Bytes(0).ToArray()));
        return [.. found.Order()];
    }
}
