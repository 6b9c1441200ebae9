namespace Crdt.Schema;

/// <summary>One member of a record that is a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its type.</param>
public sealed record ValueMember(string Name, ValueSchema Value);
