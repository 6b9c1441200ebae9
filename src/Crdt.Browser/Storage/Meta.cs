using System.Text;

namespace Crdt.Browser.Storage;

/// <summary>The keys of what a store says of itself.</summary>
internal static class Meta
{
    private static readonly byte[] LanePrefix = "lane "u8.ToArray();

    public static byte[] Identity { get; } = "identity"u8.ToArray();

    public static byte[] Head { get; } = "head"u8.ToArray();

    /// <summary>All lanes.</summary>
    public static KeyRange Lanes => KeyRange.Beginning(LanePrefix);

    public static byte[] Lane(string name) => [.. LanePrefix, .. Encoding.UTF8.GetBytes(name)];

    public static string LaneOf(ReadOnlySpan<byte> key) => Encoding.UTF8.GetString(key[LanePrefix.Length..]);
}
