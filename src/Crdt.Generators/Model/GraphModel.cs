namespace Crdt.Generators.Model;

/// <summary>A schema with what it lists.</summary>
internal sealed record GraphModel(SchemaModel Schema, EquatableArray<ListedModel> Types);
