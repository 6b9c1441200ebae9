using Crdt.Clocks;

namespace Crdt.Entities;

/// <summary>The name and time of one write.</summary>
/// <param name="Dot">Its dot.</param>
/// <param name="After">The newest earlier number of its writer on this entity: the dot claims all numbers above that one.</param>
/// <param name="Stamp">Its time.</param>
/// <param name="Offline">Whether its writer is offline.</param>
internal readonly record struct Write(Dot Dot, ulong After, Stamp Stamp, bool Offline);
