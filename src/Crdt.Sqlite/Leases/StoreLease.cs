namespace Crdt.Sqlite.Leases;

/// <summary>The half of a lease that the store itself holds.</summary>
/// <param name="Place">Where the store is: a random number that is drawn where the store was in doubt.</param>
/// <param name="Opening">How often it was opened there, this time included.</param>
internal readonly record struct StoreLease(UInt128 Place, long Opening);
