namespace Crdt.Kuzu.Adopting;

/// <summary>A table of the adopted database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: <see cref="Node"/>, <see cref="Relationship"/>, or something that isn't adopted.</param>
/// <param name="Columns">Its columns, in their order.</param>
/// <param name="Connections">The tables that a relationship table connects, in their order.</param>
internal sealed record SourceTable(string Name, string Kind, IReadOnlyList<SourceColumn> Columns, IReadOnlyList<SourceConnection> Connections)
{
    public const string Node = "NODE", Relationship = "REL";

    public const string Unlimited = "MANY_MANY";

    /// <summary>How many relationships a node may have, <c>MANY_ONE</c> for example; null where it can't be found out.</summary>
    public string? Multiplicity { get; init; } = Unlimited;
}
