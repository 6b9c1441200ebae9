namespace Crdt;

/// <summary>Names the column that a member of a type marked <see cref="QueryResultAttribute"/> is read from, where it isn't called as the member is.</summary>
/// <param name="name">The column's name in the query's result, or that of a STRUCT's member.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;
}
