using Crdt.Clocks;

namespace Crdt.Types;

/// <summary>A value with what decides between it and concurrent ones.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Stamp">When it was written.</param>
/// <param name="Offline">Whether its writer was offline.</param>
/// <param name="Value">What was written; null for an absent value.</param>
public readonly record struct Timestamped<T>(Stamp Stamp, bool Offline, T Value);
