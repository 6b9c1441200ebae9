using Crdt.Types.Registers;

namespace Crdt.Codec;

/// <summary>What can be told of a register's writes without knowing the type of their values: a payload is a stamp, flags and the value's bytes.</summary>
internal static class RegisterPayload
{
    private const int FlagsAt = sizeof(ulong), ValueAt = FlagsAt + 1;

    /// <summary>
    /// Whether not all of the writes hold the same value. It depends on the bytes alone, so it is the same on every replica that has the
    /// writes. O(bytes).
    /// </summary>
    public static bool Differ(DotReader dots)
    {
        if (!dots.MoveNext()) return false;
        var first = dots.Payload;
        while (dots.MoveNext())
        {
            if (!AreSame(first, dots.Payload)) return true;
        }

        return false;
    }

    // What is too short to be a write, as only a peer in error sends it, is the same as nothing but itself.
    private static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length < ValueAt || right.Length < ValueAt) return left.SequenceEqual(right);
        return IsAbsent(left) == IsAbsent(right) && left[ValueAt..].SequenceEqual(right[ValueAt..]);
    }

    private static bool IsAbsent(ReadOnlySpan<byte> payload) => (payload[FlagsAt] & RegisterFlags.Absent) != 0;
}
