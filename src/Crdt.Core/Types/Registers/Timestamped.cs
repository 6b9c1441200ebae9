using Crdt.Clocks;

namespace Crdt.Types.Registers;

/// <summary>A value with what decides between it and concurrent ones.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Stamp">When it was written.</param>
/// <param name="Offline">Whether its writer was offline.</param>
/// <param name="Value">What was written; the default where nothing was.</param>
/// <param name="IsAbsent">Whether nothing was written in place of a value, which a build whose property isn't nullable has to keep too.</param>
public readonly record struct Timestamped<T>(Stamp Stamp, bool Offline, T Value, bool IsAbsent);
