namespace Crdt.Kuzu.Adopting;

/// <summary>A column of the adopted database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Printed">Its type, as the catalog prints it.</param>
/// <param name="Default">The expression that fills it where nothing is given; null where there is none.</param>
/// <param name="IsKey">Whether it is the primary key.</param>
internal sealed record SourceColumn(string Name, string Printed, string? Default, bool IsKey)
{
    /// <summary>The type; null where this library doesn't know how it is printed.</summary>
    public SourceType? Type { get; } = SourceTypeParser.Parse(Printed);
}
