using Crdt.Projection;

namespace Crdt.Queries;

/// <summary>Reads the rows of one result into a type. The columns of the members are looked up once.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class RowReader<T>
    where T : IQueryResult<T>
{
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _positions;

    private RowReader(IReadOnlyList<string> columns, int[] positions) => (_columns, _positions) = (columns, positions);

    /// <summary>A reader for results with these columns. Columns that no member is read from are passed over. O(members × columns).</summary>
    /// <exception cref="QueryResultException">A member has no column, or more than one could be its.</exception>
    public static RowReader<T> For(IReadOnlyList<string> columns) => new(columns, ColumnFinder.FindAll(T.Shape, columns));

    /// <summary>Reads a row of such a result. O(members).</summary>
    /// <exception cref="QueryResultException">A value doesn't fit its member.</exception>
    public T Read(GraphRow row) => T.Read(new(T.Shape, new RowValues(row, _columns, _positions)));

    private sealed class RowValues(GraphRow row, IReadOnlyList<string> columns, int[] positions) : IMemberValues
    {
        public object? this[int member] => row[positions[member]];

        public string ColumnOf(int member) => columns[positions[member]];
    }
}
