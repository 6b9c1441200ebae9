using Crdt.Clocks;

namespace Crdt.Sync.Reconciling;

/// <summary>Where a lane of a replica stands.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Vector">What has been applied.</param>
/// <param name="Floor">From where on the log is whole; see <see cref="Crdt.Storage.StoreState.Floors"/>.</param>
/// <param name="Root">The root of the digests of its entities.</param>
/// <param name="Count">How many entities it has, visible or not.</param>
public sealed record LaneStanding(string Lane, VersionVector Vector, VersionVector Floor, UInt128 Root, long Count);
