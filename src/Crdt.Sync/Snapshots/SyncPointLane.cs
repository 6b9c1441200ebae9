using Crdt.Clocks;

namespace Crdt.Sync.Snapshots;

/// <summary>Where a lane stood at a <see cref="SyncPoint"/>.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Vector">What had been applied.</param>
/// <param name="Root">The root of the digests of its entities.</param>
public sealed record SyncPointLane(string Lane, VersionVector Vector, UInt128 Root);
