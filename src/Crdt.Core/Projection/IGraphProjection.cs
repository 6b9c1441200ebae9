using Crdt.Schema;

namespace Crdt.Projection;

/// <summary>
/// The graph database that people query: a picture of the truth that can be thrown away and made again. One caller at a
/// time, except that queries may run beside a batch.
/// </summary>
public interface IGraphProjection : IAsyncDisposable
{
    /// <summary>
    /// Opens the database and makes sure that it has the tables of the schema. A file that can't be trusted is set aside
    /// under another name and begun anew.
    /// </summary>
    /// <returns>The watermark that it carries: the revision of the truth that it shows, or 0 when it is empty.</returns>
    /// <exception cref="ProjectionException">It is in use elsewhere, or can't be created.</exception>
    ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default);

    /// <summary>Writes a batch and its watermark in one transaction of the database.</summary>
    /// <exception cref="ProjectionException">The batch was refused and is rolled back; <see cref="ProjectionException.IsTooLarge"/> says whether a rebuild helps.</exception>
    ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Empties the database, so that everything can be projected anew. Its watermark is 0 afterwards.</summary>
    ValueTask ResetAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs the statements of a query of the database's own language, one after another as their results are asked for, all on one state of
    /// the database. Values travel as parameters only.
    /// </summary>
    /// <param name="query">The text, in Cypher; statements end with semicolons.</param>
    /// <param name="parameters">The values of their parameters by name, without the dollar sign.</param>
    /// <param name="timeout">How long each statement may run; null for as long as it takes.</param>
    /// <param name="cancellationToken">Interrupts the statement that runs.</param>
    /// <exception cref="ProjectionException">A statement is malformed, would write, runs longer than it may, or fails.</exception>
    IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default);
}
