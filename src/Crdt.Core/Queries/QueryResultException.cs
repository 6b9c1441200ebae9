namespace Crdt.Queries;

/// <summary>A query's result can't be read into the type that was asked for: a column is missing, or a value doesn't fit its member.</summary>
/// <param name="message">The column, the member, the value and what is wrong with it.</param>
/// <param name="inner">What the conversion said.</param>
public sealed class QueryResultException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The name of the column; of the one that was looked for, where it is missing.</summary>
    public string? Column { get; init; }

    /// <summary>The member that it is for: its type, a dot, and its name.</summary>
    public string? Member { get; init; }
}
