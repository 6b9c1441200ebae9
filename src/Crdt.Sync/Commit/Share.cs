using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Sync.Commit;

/// <summary>One participant's part of a transaction.</summary>
/// <param name="Participant">Its incarnation.</param>
/// <param name="Entities">What is touched there, each once.</param>
/// <param name="Operations">What is to be done there.</param>
internal sealed record Share(ReplicaId Participant, IReadOnlyList<EntityId> Entities, ReadOnlyMemory<byte> Operations);
