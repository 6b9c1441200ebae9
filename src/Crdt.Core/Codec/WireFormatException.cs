namespace Crdt.Codec;

/// <summary>
/// Bytes from outside are not what they claim to be: truncated, altered, over a limit or not in canonical form. Whatever
/// was being decoded is refused whole and no state has changed.
/// </summary>
/// <param name="reason">What is wrong, as a sentence without a full stop.</param>
/// <param name="offset">Where in the input it was found, in bytes from its start.</param>
public sealed class WireFormatException(string reason, int offset)
    : Exception($"Malformed data at byte {offset}: {reason}.")
{
    /// <summary>Where in the input it was found, in bytes from its start.</summary>
    public int Offset { get; } = offset;
}
