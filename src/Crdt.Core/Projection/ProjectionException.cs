namespace Crdt.Projection;

/// <summary>The graph database refused something. The truth is not touched by it.</summary>
/// <param name="message">What was refused, and what helps.</param>
/// <param name="inner">The database's own error.</param>
public sealed class ProjectionException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether a batch was refused for its size, or only half of it went in, or the database was lost over a query: a rebuild, which may be written in parts, gets to the same watermark.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Whether the database is in use, by a query that still reads it or by somebody else: it may work later.</summary>
    public bool IsInUse { get; init; }

    /// <summary>Whether a query was stopped because it ran longer than its <see cref="QueryOptions.Timeout"/>.</summary>
    public bool IsTimeout { get; init; }
}
