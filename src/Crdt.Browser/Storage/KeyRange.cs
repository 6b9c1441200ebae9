namespace Crdt.Browser.Storage;

/// <summary>A range of keys, which order by bytes.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end; empty where it has none.</param>
/// <param name="IsLowerOpen">Whether the lower end is left out.</param>
/// <param name="IsUpperOpen">Whether the upper end is left out.</param>
internal readonly record struct KeyRange(byte[] Lower, byte[] Upper, bool IsLowerOpen = false, bool IsUpperOpen = false)
{
    /// <summary>All keys.</summary>
    public static KeyRange All => new([], []);

    /// <summary>One key alone.</summary>
    public static KeyRange Only(byte[] key) => new(key, key);

    /// <summary>All keys above one.</summary>
    public static KeyRange Above(ReadOnlySpan<byte> key) => new(key.ToArray(), [], IsLowerOpen: true);

    /// <summary>All keys that begin with some bytes, the first of which isn't the greatest.</summary>
    public static KeyRange Beginning(ReadOnlySpan<byte> prefix) => new(prefix.ToArray(), Next(prefix), IsUpperOpen: true);

    /// <summary>The same range from a key on, which is left out.</summary>
    public KeyRange After(byte[] key) => this with { Lower = key, IsLowerOpen = true };

    // What follows all that begins with the bytes.
    private static byte[] Next(ReadOnlySpan<byte> prefix)
    {
        var last = prefix.LastIndexOfAnyExcept(byte.MaxValue);
        var next = prefix[..(last + 1)].ToArray();
        next[last]++;
        return next;
    }
}
