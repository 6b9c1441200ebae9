using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Finds annotated properties in classes that aren't annotated, which would otherwise silently do nothing.</summary>
internal static class StrayParser
{
    public static EquatableArray<Finding> Parse(ISymbol property, string annotation)
    {
        if (property.ContainingType is not { } type || Annotations.Has(type, Annotations.Node) || Annotations.Has(type, Annotations.Relationship)) return default;
        var findings = new Findings();
        findings.Add(Rules.NotInAnnotatedClass, Symbols.PlaceOf(property), type.Name, property.Name, Annotations.Shown(annotation));
        return new(findings.ToArray());
    }
}
