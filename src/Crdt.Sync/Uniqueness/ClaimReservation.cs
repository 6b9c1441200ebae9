using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Uniqueness;

/// <summary>
/// How a value of a unique field is named among what distributed transactions reserve: as a node of the type whose key is none: a byte that begins no text, and
/// the claim, which together are longer than any other key. So two transactions that claim one value meet as two that write to one entity do.
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
