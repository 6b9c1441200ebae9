using Crdt.Clocks;

namespace Crdt.Storage;

/// <summary>One atomic change of a store.</summary>
/// <param name="Revision">Its number: one above the last.</param>
/// <param name="Clock">The newest stamp given or observed by now.</param>
/// <param name="Vectors">The lanes whose vectors change, with the new ones.</param>
/// <param name="Events">The events to append to the log, in this order.</param>
/// <param name="Entities">The entities whose state changes, each once.</param>
public sealed record StoreCommit(
    long Revision,
    Stamp Clock,
    IReadOnlyDictionary<string, VersionVector> Vectors,
    IReadOnlyList<StoredEvent> Events,
    IReadOnlyList<EntityWrite> Entities);
