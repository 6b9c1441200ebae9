using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Projection;

/// <summary>
/// A graph database in which others may write beside the library. What they wrote is read back, so that it can be committed like any other
/// change.
/// </summary>
public interface IProjectionCapture : IProjectionAudit
{
    /// <summary>Whether others may write to it at all; where not, what differs is a fault.</summary>
    bool CanBeWritten { get; }

    /// <summary>
    /// Whether somebody may have written to it since it was last trusted. Until <see cref="IProjectionAudit.TrustAsync"/> says otherwise, what is
    /// in it is kept: <see cref="IGraphProjection.ResetAsync"/> then sets the database aside.
    /// </summary>
    bool HasDirectWrites { get; }

    /// <summary>Runs statements of the database's own language that may write, as somebody else would.</summary>
    /// <param name="statements">The text, in Cypher; values belong into parameters, which only a single statement can have.</param>
    /// <param name="parameters">The values of its parameters by name, without the dollar sign.</param>
    /// <param name="cancellationToken">Interrupts them.</param>
    /// <exception cref="ProjectionException">One of them failed. Those before it stand.</exception>
    ValueTask WriteDirectlyAsync(string statements, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken = default);

    /// <summary>Looks up the rows of some entities, with their values as the fields take them; those that have none are left out. O(n).</summary>
    /// <exception cref="ProjectionException">The table can't be read.</exception>
    ValueTask<IReadOnlyList<CapturedRow>> CaptureRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default);
}
