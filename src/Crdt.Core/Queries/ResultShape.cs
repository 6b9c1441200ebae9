namespace Crdt.Queries;

/// <summary>What the members of a type are called that rows are read into.</summary>
/// <param name="type">The type's name, for messages.</param>
/// <param name="members">The members.</param>
public sealed class ResultShape(string type, params ResultMember[] members)
{
    /// <summary>The type's name.</summary>
    public string Type => type;

    /// <summary>The members, in the order in which they are read.</summary>
    public IReadOnlyList<ResultMember> Members => members;
}
