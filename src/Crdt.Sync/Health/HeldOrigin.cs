using Crdt.Clocks;

namespace Crdt.Sync.Health;

/// <summary>An origin whose events were held back because their clock was too far ahead.</summary>
/// <param name="Origin">Who made them.</param>
/// <param name="Events">How often one was held back since the replica was opened; one that comes again in each session counts each time.</param>
/// <param name="LargestLead">How far the furthest of them was ahead of this replica's wall clock.</param>
public sealed record HeldOrigin(ReplicaId Origin, long Events, TimeSpan LargestLead);
