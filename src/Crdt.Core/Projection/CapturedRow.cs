namespace Crdt.Projection;

/// <summary>A row of the graph database, with what its columns mean for the fields.</summary>
/// <param name="Shown">The row as it reads.</param>
/// <param name="Values">A value for each field of the type, in their order.</param>
public sealed record CapturedRow(ShownRow Shown, IReadOnlyList<CapturedValue> Values);
