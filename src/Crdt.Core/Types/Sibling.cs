using Crdt.Clocks;

namespace Crdt.Types;

/// <summary>One of the writes that a register holds.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Dot">Which write it is, and by whom.</param>
/// <param name="Stamp">When it was written, by its writer's clock.</param>
/// <param name="Offline">Whether its writer was offline.</param>
/// <param name="Value">What was written.</param>
public readonly record struct Sibling<T>(Dot Dot, Stamp Stamp, bool Offline, T Value);
