namespace Crdt.Generators.Baseline;

/// <summary>A baseline can't be read; it never leaves <see cref="BaselineReader"/>.</summary>
internal sealed class MalformedBaselineException(int offset, string message) : Exception(message)
{
    public int Offset => offset;
}
