namespace Crdt.Sync.Batches;

/// <summary>How many bits an ideal code for single bytes would take: a guess at what a compressor makes of them.</summary>
internal static class Entropy
{
    /// <summary>Bits for all of the bytes (Shannon, <i>A Mathematical Theory of Communication</i>, 1948). O(bytes).</summary>
    public static double Of(ReadOnlySpan<byte> bytes)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var value in bytes) counts[value]++;
        var bits = bytes.Length * Math.Log2(Math.Max(1, bytes.Length));
        foreach (var count in counts)
        {
            if (count > 1) bits -= count * Math.Log2(count);
        }

        return bits;
    }
}
