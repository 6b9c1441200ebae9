using Crdt.Testing.Actions;

namespace Crdt.Testing.Histories;

/// <summary>What the model knows of one write.</summary>
/// <param name="Replica">Its writer.</param>
/// <param name="After">The newest number before it that its writer gave to this entity: the write claims all above.</param>
/// <param name="Number">The number in its dot.</param>
/// <param name="Field">Its field; -1 for liveness, -2 for the connection of a relationship.</param>
/// <param name="Key">The key, element or item that it holds; empty where the field has none.</param>
/// <param name="Value">The value written.</param>
/// <param name="Amount">What it adds to a counter.</param>
/// <param name="Stamp">When.</param>
/// <param name="Carries">All writes whose amounts, or whose extremes, it contains.</param>
/// <param name="Changed">The write that gave a list's item its value.</param>
/// <param name="Moved">The write that put a list's item where it is.</param>
internal readonly record struct ModelWrite(
    int Replica, ulong After, ulong Number, int Field, string Key, Choice Value, long Amount, ulong Stamp, ulong Carries, int Changed, int Moved);
