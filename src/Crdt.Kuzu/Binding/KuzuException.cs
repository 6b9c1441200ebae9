namespace Crdt.Kuzu.Binding;

/// <summary>What the engine answered in place of a result.</summary>
/// <remarks>
/// A failure of the engine's own code that is no C++ exception (a fault on a damaged page, say) ends the process and can't be caught;
/// neither can, with an official library in place of the one <c>eng/kuzu/prepare</c> builds, an exception of C++'s standard library.
/// </remarks>
public sealed class KuzuException : Exception
{
    /// <summary>Makes one for a message of the engine's.</summary>
    /// <param name="message">The engine's message, trimmed.</param>
    /// <param name="statement">The Cypher that failed, or null where there was none.</param>
    /// <param name="reason">What the caller can make of it.</param>
    public KuzuException(string message, string? statement, KuzuErrorReason reason)
        : base(message)
    {
        Statement = statement;
        Reason = reason;
    }

    /// <summary>The Cypher that failed, without its parameters' values; null where no statement was running.</summary>
    public string? Statement { get; }

    /// <summary>What the caller can make of it.</summary>
    public KuzuErrorReason Reason { get; }
}
