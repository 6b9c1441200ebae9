using System.Text;

namespace Crdt.Schema;

/// <summary>
/// Types and fields travel under a 32-bit number made from their name (FNV-1a over its UTF-8), so that renaming a C#
/// member need not touch data and no numbers have to be handed out.
/// </summary>
public static class SchemaHash
{
    /// <summary>The number of a name. The same on every machine and in every version. O(length).</summary>
    public static uint Of(string name)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ value) * 16777619u);
        return hash;
    }
}
