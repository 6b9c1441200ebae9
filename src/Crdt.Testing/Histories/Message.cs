namespace Crdt.Testing.Histories;

/// <summary>A delta under way, with what the model says is in it.</summary>
/// <param name="Delta">The bytes.</param>
/// <param name="Seen">The writes in it.</param>
/// <param name="Gone">Those of them that are gone.</param>
/// <param name="Claims">The claims in it.</param>
/// <param name="After">What its sender had shipped before.</param>
/// <param name="HasGaps">Whether its sender had gaps.</param>
internal readonly record struct Message(byte[] Delta, ulong Seen, ulong Gone, ulong Claims, (ulong Seen, ulong Gone) After, bool HasGaps);
