using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Finds members of the user's that stand where the generator puts its own.</summary>
internal static class ReservedNames
{
    private static readonly string[] OfEntities =
        ["Conflicts", "Decode", "Delete", "Encode", "EntityType", "IdOf", "IsAlive", "Merge", "MergeDelta", "TakeDelta", "Equals", "GetHashCode"];

    private static readonly string[] OfRelationships = [.. OfEntities, "SourceId", "TargetId"];

    public static void RequireFree(INamedTypeSymbol type, string annotation, Findings findings)
    {
        var reserved = annotation switch
        {
            Annotations.Schema => ["Instance"],
            Annotations.Relationship => OfRelationships,
            _ => OfEntities,
        };
        if (reserved.Contains(type.Name)) findings.Add(Rules.NameTaken, Symbols.PlaceOf(type), type.Name, type.Name);
        if (Annotations.Find(type, annotation) is { } attribute && Annotations.Flag(attribute, "Observable")) reserved = [.. reserved, "PropertyChanged", "Tell"];
        foreach (var member in reserved.SelectMany(name => type.GetMembers(name)).Where(member => !member.IsImplicitlyDeclared))
            findings.Add(Rules.NameTaken, Symbols.PlaceOf(member), type.Name, member.Name);
    }
}
