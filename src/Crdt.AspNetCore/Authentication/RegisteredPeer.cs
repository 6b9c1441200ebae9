namespace Crdt.AspNetCore.Authentication;

/// <summary>A peer that was let in.</summary>
/// <param name="Name">Its name for people, of which there is one.</param>
/// <param name="Access">What it may do, in the text form of <see cref="Crdt.Sync.Lanes.PeerAccess"/>.</param>
/// <param name="TokenHash">SHA-256 of its token, in Base64. The token itself is nowhere but with the peer.</param>
/// <param name="Enrolled">When it was.</param>
/// <param name="Expires">Until when its token holds; null for ever.</param>
/// <param name="Revoked">When it was revoked; null while it isn't.</param>
/// <param name="Replica">The id of the replica that has the token, which followed from its key when it was let in; null where it signs nothing.</param>
public sealed record RegisteredPeer(string Name, string Access, string TokenHash, DateTimeOffset Enrolled, DateTimeOffset? Expires = null, DateTimeOffset? Revoked = null, string? Replica = null);
