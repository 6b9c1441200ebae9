namespace Crdt.Queries;

/// <summary>A member that a column is read into.</summary>
/// <param name="Name">What it is called in C#.</param>
/// <param name="Column">What its column is called.</param>
public sealed record ResultMember(string Name, string Column)
{
    /// <summary>A member whose column is called as it is.</summary>
    public ResultMember(string name)
        : this(name, name)
    {
    }
}
