namespace Crdt.Kuzu.Adopting;

/// <summary>The type of a column of the adopted database, as its catalog prints it.</summary>
/// <param name="Name">The type without its parts: <c>INT64</c>, <c>LIST</c>, <c>STRUCT</c>.</param>
/// <param name="Members">The fields of a struct, the alternatives of a union, the element of a list, the key and the value of a map.</param>
internal sealed record SourceType(string Name, params IReadOnlyList<SourceMember> Members)
{
    public const string List = "LIST", Struct = "STRUCT", Union = "UNION", Map = "MAP", Decimal = "DECIMAL";

    /// <summary>How many digits a DECIMAL has, and how many items an ARRAY; 0 where any number may be there.</summary>
    public int Size { get; init; }

    /// <summary>The element of a list.</summary>
    public SourceType Element => Members[0].Type;

    /// <summary>Whether text occurs in its values.</summary>
    public bool HasText => Name == "STRING" || Members.Any(member => member.Type.HasText);

    /// <summary>How deep it is nested; 1 for a simple one.</summary>
    public int Depth => 1 + Members.Select(member => member.Type.Depth).DefaultIfEmpty().Max();
}
