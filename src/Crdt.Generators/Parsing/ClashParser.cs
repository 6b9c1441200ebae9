using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Finds properties of one class that can't be told apart in the data.</summary>
internal static class ClashParser
{
    public static void RequireDistinct(INamedTypeSymbol type, Findings findings)
    {
        var earlier = new List<(IPropertySymbol Property, string Name)>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.GetAttributes().FirstOrDefault(Annotations.IsOnProperty) is not { } attribute) continue;
            var name = Annotations.Text(attribute, "Name") ?? property.Name;
            var (other, clash) = earlier.Select(before => (before.Property, Names.Clash(before.Name, name))).FirstOrDefault(pair => pair.Item2 is not null);
            if (clash is not null) findings.AddToMember(Rules.SameFieldName, Symbols.PlaceOf(property), type.Name, other.Name, property.Name, clash);
            earlier.Add((property, name));
        }
    }
}
