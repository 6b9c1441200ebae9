namespace Crdt;

/// <summary>How a query is run.</summary>
public sealed record QueryOptions
{
    /// <summary>
    /// How long the graph database may work on a statement before it is stopped with a <see cref="Projection.ProjectionException"/> whose
    /// <see cref="Projection.ProjectionException.IsTimeout"/> is set; null for as long as it takes. The database looks at its clock about
    /// ten times a second, and the time counts from when the statement is planned: neither waiting for the database nor reading the rows belongs to it.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether the query waits until the database shows all that was committed before it, which is so by default. Without it, the query begins
    /// at once and may see an earlier state, though never a part of a transaction.
    /// </summary>
    public bool ReadYourWrites { get; init; } = true;
}
