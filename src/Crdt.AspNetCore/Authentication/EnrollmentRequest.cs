namespace Crdt.AspNetCore.Authentication;

/// <summary>What a peer sends that wants to be let in.</summary>
/// <param name="Code">The one-time code that it was given.</param>
internal sealed record EnrollmentRequest(string? Code);
