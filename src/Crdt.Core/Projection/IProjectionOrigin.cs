using Crdt.Clocks;

namespace Crdt.Projection;

/// <summary>
/// What a graph database that keeps it tells of the truth that it shows. A watermark alone doesn't say whose it is: a store that was
/// restored from a backup reaches the same revisions again with other contents.
/// </summary>
public interface IProjectionOrigin
{
    /// <summary>The id that the replica whose truth the database shows wrote under at its watermark; null where it doesn't say.</summary>
    ReplicaId? Origin { get; }

    /// <summary>Sets the origin, durably. The watermark stays.</summary>
    /// <exception cref="ProjectionException">The database refuses it.</exception>
    ValueTask MarkOriginAsync(ReplicaId origin, CancellationToken cancellationToken = default);
}
