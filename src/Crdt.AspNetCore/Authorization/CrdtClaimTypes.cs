using Crdt.Sync.Lanes;

namespace Crdt.AspNetCore.Authorization;

/// <summary>What an identity says of a replica.</summary>
public static class CrdtClaimTypes
{
    /// <summary>What the replica may do, in the text form of <see cref="PeerAccess"/>: <c>orders:rw, catalogue:r</c>. Several claims add up.</summary>
    public const string Access = "crdt:access";
}
