using Crdt.Clocks;

namespace Crdt.Sync.Health;

/// <summary>
/// A peer that has applied the same events as this replica, and holds different data: the store of one of them was damaged or changed past this library, or an origin has signed two histories. Nothing is exchanged with it until
/// one of them begins anew from a replica that is right.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Replica">Its id.</param>
/// <param name="Since">When a session first showed it.</param>
/// <param name="Reason">In which lane, and what to do.</param>
public sealed record DivergedPeer(string Name, ReplicaId Replica, DateTimeOffset Since, string Reason);
