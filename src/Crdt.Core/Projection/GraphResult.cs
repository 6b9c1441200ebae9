using Crdt.Queries;

namespace Crdt.Projection;

/// <summary>What one statement of a query returned. Its rows are read from the graph database while they are enumerated.</summary>
/// <param name="columns">The names of the columns, in their order.</param>
/// <param name="rows">Reads the rows, once.</param>
/// <param name="isLast">Whether it is that of the last statement.</param>
public sealed class GraphResult(IReadOnlyList<string> columns, IEnumerable<GraphRow> rows, bool isLast)
{
    /// <summary>The names of the columns, in their order. They are known where there are no rows, too.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows. They can be enumerated once, until the next statement's result is asked for.</summary>
    /// <exception cref="InvalidOperationException">They were enumerated before, or their time is over.</exception>
    public IEnumerable<GraphRow> Rows => rows;

    /// <summary>Whether it is the result of the last statement.</summary>
    public bool IsLast => isLast;

    /// <summary>The rows as a type of one's own; see <see cref="Rows"/>.</summary>
    /// <typeparam name="T">A type marked <see cref="QueryResultAttribute"/>.</typeparam>
    /// <exception cref="QueryResultException">A column is missing; or, while the rows are enumerated, a value doesn't fit its member.</exception>
    public IEnumerable<T> RowsAs<T>()
        where T : IQueryResult<T>
    {
        var reader = RowReader<T>.For(columns);
        return rows.Select(reader.Read);
    }
}
