using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The names of a class that are taken, by the user or by what was chosen for emitted members so far.</summary>
internal sealed class MemberNames
{
    private static readonly string[] OfObject = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];
    private readonly HashSet<string> _members;
    private readonly HashSet<string> _descriptors;

    public MemberNames(INamedTypeSymbol type)
    {
        _members = [.. type.MemberNames, .. type.GetTypeMembers().Select(nested => nested.Name), type.Name, .. OfObject];
        StateIsFree = _members.Add("State");
        State = StateIsFree ? "State" : Names.Free("_state", _members);
        Layout = Names.Free("Layout", _members);
        _descriptors = [Layout, "Type", .. OfObject];
    }

    /// <summary>The member that holds what merges.</summary>
    public string State { get; }

    /// <summary>Whether the user has no <c>State</c>.</summary>
    public bool StateIsFree { get; }

    /// <summary>The nested class that holds the descriptors.</summary>
    public string Layout { get; }

    /// <summary>A private field for a property.</summary>
    public string Member(string property) => Names.Free("_" + Names.Camel(property), _members);

    /// <summary>A member of the nested class for a property.</summary>
    public string Descriptor(string property) => Names.Escaped(Names.Free(property, _descriptors));
}
