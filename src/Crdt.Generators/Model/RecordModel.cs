namespace Crdt.Generators.Model;

/// <summary>What only records have: copies, and a text of their members.</summary>
/// <param name="IsSealed">Whether none derives from it.</param>
/// <param name="Copied">The user's own members that hold something, which a copy takes over.</param>
/// <param name="Printed">What the text shows, in its order; nothing where the user prints the members.</param>
/// <param name="IsPrintedByUser">Whether the user prints the members.</param>
internal sealed record RecordModel(bool IsSealed, EquatableArray<string> Copied, EquatableArray<PrintedModel> Printed, bool IsPrintedByUser);
