namespace Crdt.Projection;

/// <summary>A value of a type that only the graph database has.</summary>
public interface IDatabaseValue
{
    /// <summary>
    /// The same as a value that every reader knows: a point in time or a duration as .NET's, what has properties as a dictionary of them.
    /// </summary>
    /// <exception cref="OverflowException">.NET's type doesn't have this value; the message says why.</exception>
    object ToPlain();
}
