using Crdt.Clocks;

namespace Crdt.Types.Lists;

/// <summary>
/// A write to one item of a list. It says where the item is and what it is, each with the time of its own: of concurrent
/// writes, one that moves the item and one that changes it both count.
/// </summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Moved">When it was put where it is.</param>
/// <param name="Position">Where it is.</param>
/// <param name="Changed">When it became what it is.</param>
/// <param name="Value">What it is.</param>
public readonly record struct ListItem<T>(Stamp Moved, ListPosition Position, Stamp Changed, T Value);
