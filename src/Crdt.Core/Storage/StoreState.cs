using Crdt.Clocks;
using Crdt.Schema;

namespace Crdt.Storage;

/// <summary>What a store holds besides events and entities.</summary>
/// <param name="Replica">Whose store it is: the id that its commits are written under.</param>
/// <param name="Name">The replica's name for people.</param>
/// <param name="Clock">The newest stamp that was given or observed.</param>
/// <param name="Revision">The number of the last commit, from 1; 0 in a new store.</param>
/// <param name="Vectors">Per lane what has been applied.</param>
/// <param name="Schema">The types of the graph: those that were offered, or where none were, those that the store was last opened with.</param>
public sealed record StoreState(
    ReplicaId Replica, string Name, Stamp Clock, long Revision, IReadOnlyDictionary<string, VersionVector> Vectors, GraphSchema Schema)
{
    /// <summary>
    /// Per lane the floor of its log: of each origin, the log holds every event above the floor that the vector covers, and perhaps none below. What
    /// was cut off, or taken over as states instead of events, lies below it. A lane whose log is whole is absent.
    /// </summary>
    public IReadOnlyDictionary<string, VersionVector> Floors { get; init; } = new Dictionary<string, VersionVector>();

    /// <summary>The identities that the store has written under, oldest first; the last is that of <see cref="Replica"/>. One, unless it was copied or restored, or its clock was wrong.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [new(Replica, null, IncarnationReason.Created, 0)];
}
