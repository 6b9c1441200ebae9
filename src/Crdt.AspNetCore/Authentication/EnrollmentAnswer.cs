namespace Crdt.AspNetCore.Authentication;

/// <summary>What a peer is given that was let in.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Token">What it shows at each connection from now on. It is told once.</param>
/// <param name="Access">What it may do.</param>
/// <param name="Expires">Until when the token holds; null for ever.</param>
public sealed record EnrollmentAnswer(string Name, string Token, string Access, DateTimeOffset? Expires);
