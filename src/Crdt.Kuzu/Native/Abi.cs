namespace Crdt.Kuzu.Native;

/// <summary>The one place that names the library and the prefix of its symbols: a fork of the engine changes both.</summary>
internal static class Abi
{
    /// <summary>The name the imports ask for; <see cref="LibraryResolver"/> maps it to a file.</summary>
    public const string Library = "kuzu";

    /// <summary>What every symbol of the C API begins with.</summary>
    public const string Prefix = "kuzu_";

    /// <summary>The release whose header the imports follow.</summary>
    public const string Version = "0.11.3";

    /// <summary>The environment variable that names a library file to use in place of the one beside the program.</summary>
    public const string LibraryVariable = "KUZU_LIBRARY";

    /// <summary>The first bytes of a database file; its storage version follows them, eight bytes, little-endian.</summary>
    public static ReadOnlySpan<byte> FileMagic => "KUZU"u8;
}
