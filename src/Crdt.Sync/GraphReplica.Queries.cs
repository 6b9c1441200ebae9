using System.Runtime.CompilerServices;
using Crdt.Projection;
using Crdt.Queries;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    /// <summary>Runs a Cypher query of one statement on the graph database, by default once that shows everything committed so far.</summary>
    /// <param name="cypher">The query. Values belong into parameters, never into the text.</param>
    /// <param name="parameters">The values of its parameters by name, without the dollar sign.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    /// <exception cref="ArgumentException">There is more than one statement; those are for <see cref="QueryManyAsync"/>.</exception>
    /// <exception cref="InvalidOperationException">The replica was opened without a graph database.</exception>
    /// <exception cref="ProjectionException">The query is malformed, would write, runs longer than it may, or fails.</exception>
    public async IAsyncEnumerable<GraphRow> QueryAsync(
        string cypher, IReadOnlyDictionary<string, object?>? parameters = null, QueryOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var result in QueryManyAsync(cypher, parameters, options, cancellationToken).ConfigureAwait(false))
        {
            RequireSingle(result, nameof(cypher));
            foreach (var row in result.Rows) yield return row;
        }
    }

    /// <summary>Runs a Cypher query of one statement, and reads its rows into a type of one's own.</summary>
    /// <typeparam name="T">A type marked <see cref="QueryResultAttribute"/>. Columns that no member of it is read from are passed over.</typeparam>
    /// <exception cref="QueryResultException">A member's column is missing; or, while the rows are read, a value doesn't fit its member.</exception>
    /// <inheritdoc cref="QueryAsync(string, IReadOnlyDictionary{string, object?}?, QueryOptions?, CancellationToken)"/>
    public async IAsyncEnumerable<T> QueryAsync<T>(
        string cypher, IReadOnlyDictionary<string, object?>? parameters = null, QueryOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : IQueryResult<T>
    {
        await foreach (var result in QueryManyAsync(cypher, parameters, options, cancellationToken).ConfigureAwait(false))
        {
            RequireSingle(result, nameof(cypher));
            foreach (var row in result.RowsAs<T>()) yield return row;
        }
    }

    /// <summary>
    /// Runs a Cypher query of any number of statements, one after another as their results are asked for. All of them see one state of the graph
    /// database, whatever is committed meanwhile.
    /// </summary>
    /// <param name="cypher">The statements, with semicolons between them. Values belong into parameters, never into the text.</param>
    /// <param name="parameters">The values of their parameters by name, without the dollar sign. A statement need not have all of them.</param>
    /// <param name="options">How they are run; the timeout is for each.</param>
    /// <param name="cancellationToken">Interrupts the statement that runs.</param>
    /// <returns>What each statement returned, to be read before the next one is asked for.</returns>
    /// <exception cref="InvalidOperationException">The replica was opened without a graph database.</exception>
    /// <exception cref="ProjectionException">A statement is malformed, would write, runs longer than it may, or fails. Those behind it aren't run.</exception>
    public async IAsyncEnumerable<GraphResult> QueryManyAsync(
        string cypher, IReadOnlyDictionary<string, object?>? parameters = null, QueryOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cypher);
        if (_projection is null) throw new InvalidOperationException("This replica has no graph database; open it with UseKuzu() to query it.");
        if (options?.Timeout is { } timeout) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(options));
        if (options is not { ReadYourWrites: false } || _projector!.IsPartial) await ProjectedAsync(cancellationToken).ConfigureAwait(false);
        var results = _projection.QueryAsync(cypher, parameters, options?.Timeout, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = results.ConfigureAwait(false);
        while (await NextAsync(results, cancellationToken).ConfigureAwait(false)) yield return results.Current;
    }

    /// <summary>Goes to the next result. Where the graph database was lost over it, another one is made, so that the next query is answered.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<GraphResult> results, CancellationToken cancellationToken)
    {
        try
        {
            return await results.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ProjectionException error) when (error.IsTooLarge)
        {
            await _projector!.RebuildAsync(error.Message, null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static void RequireSingle(GraphResult result, string parameter)
    {
        if (!result.IsLast) throw new ArgumentException($"The query has more than one statement; {nameof(QueryManyAsync)} runs them all.", parameter);
    }
}
