using Crdt.Entities;

namespace Crdt.Projection;

/// <summary>A row of the graph database as it reads, or as it should.</summary>
/// <param name="Id">The entity that it shows; the default value where what stands in its key columns names none.</param>
/// <param name="Values">Its other columns as text: equal texts are equal values.</param>
/// <param name="KeyText">What stands in the key columns where that names no entity; null otherwise.</param>
public sealed record ShownRow(EntityId Id, IReadOnlyList<string> Values, string? KeyText = null);
