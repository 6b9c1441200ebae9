namespace Crdt.Projection;

/// <summary>What a column means for its field.</summary>
/// <param name="Value">The value, in the form in which <see cref="Dynamic.DynamicEntity"/> reads it; null for NULL.</param>
/// <param name="Refusal">Why the field can't hold what stands in the column; null where it can.</param>
public readonly record struct CapturedValue(object? Value, string? Refusal = null);
