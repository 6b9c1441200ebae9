using Crdt.Clocks;

namespace Crdt.Storage;

/// <summary>The events of one origin in a lane's log from one dot on.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Origin">Whose events.</param>
/// <param name="First">The first dot of the first event.</param>
public readonly record struct EventSpan(string Lane, ReplicaId Origin, ulong First);
