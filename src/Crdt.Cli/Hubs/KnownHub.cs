namespace Crdt.Cli.Hubs;

/// <summary>A hub that a replica has been let in to.</summary>
/// <param name="Name">What the replica is called there.</param>
/// <param name="Token">What it shows.</param>
/// <param name="Access">What it may do there.</param>
/// <param name="Expires">Until when the token holds; null for ever.</param>
internal sealed record KnownHub(string Name, string Token, string Access, DateTimeOffset? Expires);
