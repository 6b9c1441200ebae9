using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Uniqueness;

/// <summary>
/// How a value of a unique field is named among what distributed transactions reserve: as a node of the type, whose key is a text of 23 bytes that no program writes, a byte that is no beginning of UTF-8
/// and the claim. So two transactions that claim one value meet as two that write to one entity do.
/// </summary>
internal static class ClaimReservation
{
    private const byte NodeTag = 1, NoText = 0xFF;

    /// <summary>The name of a claim.</summary>
    /// <param name="type">The number of the claimant's type.</param>
    /// <param name="claim">What it claims.</param>
    public static EntityId Of(uint type, UniqueClaim claim)
    {
        var writer = new WireWriter(32);
        writer.WriteByte(NodeTag);
        writer.WriteUInt32(type);
        writer.WriteByte(NoText);
        writer.WriteBytes(claim.ToBytes());
        return EntityId.FromTrusted(writer.Finish());
    }
}
