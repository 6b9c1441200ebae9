using System.Text;

namespace Crdt.Generators.Parsing;

/// <summary>The number under which a name travels: the function of <c>Crdt.Schema.SchemaHash</c>.</summary>
internal static class DataNumber
{
    public static uint Of(string name)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ value) * 16777619u);
        return hash;
    }
}
