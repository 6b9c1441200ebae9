namespace Crdt.Generators.Model;

/// <summary>A type of value that fields can hold.</summary>
/// <param name="Kind">Its member of <c>Crdt.Schema.ValueKind</c>.</param>
/// <param name="Type">The C# type, not nullable.</param>
/// <param name="Codec">The codec of the type.</param>
/// <param name="Initial">What an unwritten register of the type reads as, where it can't be null.</param>
/// <param name="Key">What reads a key of the type; none for a type that keys can't have.</param>
internal sealed record ValueModel(string Kind, string Type, string Codec, string Initial, KeyForm Key);
