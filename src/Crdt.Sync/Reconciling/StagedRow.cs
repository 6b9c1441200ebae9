using Crdt.Storage;
using Crdt.Sync.Differences;

namespace Crdt.Sync.Reconciling;

/// <summary>A row of the peer's that is put aside.</summary>
/// <param name="Entity">The row.</param>
/// <param name="Digest">Its digest, so that it is hashed once on its way.</param>
/// <param name="IsAdmitted">Whether it was held against the schema and the peer's vector in this session; an earlier one held it against what the peer said then.</param>
internal readonly record struct StagedRow(StoredEntity Entity, UInt128 Digest, bool IsAdmitted)
{
    /// <summary>What it is known by while lanes are compared.</summary>
    public ulong Item => EntityDigest.ItemOf(Digest);

    /// <summary>A row with its digest. O(bytes).</summary>
    public static StagedRow Of(StoredEntity entity, bool isAdmitted) => new(entity, EntityDigest.Of(entity.Id, entity.State.Span), isAdmitted);
}
