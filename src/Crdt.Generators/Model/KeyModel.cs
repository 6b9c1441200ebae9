namespace Crdt.Generators.Model;

/// <summary>The key of a node, or the discriminator of a relationship.</summary>
/// <param name="Property">The property that shows it.</param>
/// <param name="Value">Its type.</param>
/// <param name="DataName">Its name in schemas and that of its column.</param>
/// <param name="Member">The private field that holds it.</param>
/// <param name="Parameter">What parameters are called that take it.</param>
internal sealed record KeyModel(PropertyModel Property, ValueModel Value, string DataName, string Member, string Parameter);
