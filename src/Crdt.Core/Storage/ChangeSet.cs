using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>What has changed since a watermark, as of one moment.</summary>
/// <param name="Revision">The moment: the number of the last commit that is included.</param>
/// <param name="Entities">The entities that have changed, each once.</param>
public sealed record ChangeSet(long Revision, IReadOnlyList<EntityChange> Entities);
