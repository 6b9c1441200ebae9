using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Projection;

/// <summary>
/// Reads a graph database back, so that it can be held against the truth. A graph database that offers it beside
/// <see cref="IGraphProjection"/> can be verified; it is called by one caller at a time, and never during a batch.
/// </summary>
public interface IProjectionAudit
{
    /// <summary>Why the database that was found when it was opened was not trusted and begun anew; null where it was, or where there was none.</summary>
    string? Doubt { get; }

    /// <summary>The names of the columns that show an entity beside what names it, in the order of <see cref="ShownRow.Values"/>.</summary>
    IReadOnlyList<string> ColumnsOf(EntityType type);

    /// <summary>How many rows a table has. One query.</summary>
    /// <exception cref="ProjectionException">The database can't say.</exception>
    ValueTask<long> CountRowsAsync(EntityType type, CancellationToken cancellationToken = default);

    /// <summary>Reads a table in the database's own order, a page at a time, which is bounded in memory.</summary>
    /// <param name="type">Whose table.</param>
    /// <param name="position">Where to go on: 0 at first, then <see cref="ShownPage.Next"/> of the page before.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ProjectionException">The table can't be read.</exception>
    ValueTask<ShownPage> ReadRowsAsync(EntityType type, long position, CancellationToken cancellationToken = default);

    /// <summary>Looks up the rows of some entities as a query by key does; those that have none are left out. O(n).</summary>
    /// <exception cref="ProjectionException">The table can't be read.</exception>
    ValueTask<IReadOnlyList<ShownRow>> FindRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default);

    /// <summary>Reads rows from all over a table. One query.</summary>
    /// <param name="type">Whose table.</param>
    /// <param name="count">How many nodes, or nodes whose relationships, are looked at; some may have no row.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ProjectionException">The table can't be read.</exception>
    ValueTask<IReadOnlyList<ShownRow>> SampleRowsAsync(EntityType type, int count, int seed, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that what was opened shows the truth. Until then an end of the process is taken for the fault of what was being opened, which
    /// is then begun anew the next time.
    /// </summary>
    /// <exception cref="ProjectionException">It can't be noted down.</exception>
    ValueTask TrustAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The rows that entities should have; those that the database can have no row for are left out. It doesn't ask the database, so it may be
    /// called at any time. O(bytes).
    /// </summary>
    /// <exception cref="ProjectionException">A state can't be read.</exception>
    IReadOnlyList<ShownRow> RenderRows(EntityType type, IReadOnlyList<ProjectedEntity> entities);
}
