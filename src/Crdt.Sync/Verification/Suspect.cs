using Crdt.Entities;

namespace Crdt.Sync.Verification;

/// <summary>A row that differed when it was read.</summary>
/// <param name="Kind">How.</param>
/// <param name="Id">The entity that it shows, or should.</param>
/// <param name="KeyText">What stands in the key columns where that names no entity; null otherwise.</param>
internal readonly record struct Suspect(DifferenceKind Kind, EntityId Id, string? KeyText);
