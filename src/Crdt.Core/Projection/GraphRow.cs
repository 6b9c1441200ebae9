namespace Crdt.Projection;

/// <summary>One row of a query's result.</summary>
/// <param name="columns">The names of the columns, shared by all rows of the result.</param>
/// <param name="values">The values in the order of the columns.</param>
public sealed class GraphRow(IReadOnlyList<string> columns, object?[] values)
{
    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>The values in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>The value at a position.</summary>
    public object? this[int index] => values[index];

    /// <summary>The value of a column. O(columns).</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string column]
    {
        get
        {
            for (var i = 0; i < Columns.Count; i++)
            {
                if (Columns[i] == column) return values[i];
            }

            throw new ArgumentException($"The result has no column '{column}', only {string.Join(", ", Columns)}.", nameof(column));
        }
    }
}
