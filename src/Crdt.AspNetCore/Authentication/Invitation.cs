namespace Crdt.AspNetCore.Authentication;

/// <summary>What a one-time code stands for.</summary>
/// <param name="Name">What the peer will be called.</param>
/// <param name="Access">What it will be allowed to do.</param>
/// <param name="CodeHash">SHA-256 of the code, in Base64.</param>
/// <param name="Expires">Until when the code holds.</param>
/// <param name="TokenExpires">Until when the token will hold that it is exchanged for; null for ever.</param>
internal sealed record Invitation(string Name, string Access, string CodeHash, DateTimeOffset Expires, DateTimeOffset? TokenExpires);
