using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads what schemas list: an annotated class, and the ends of a relationship, which another project may have.</summary>
internal static class ListedParser
{
    public static EquatableArray<ListedModel> Parse(INamedTypeSymbol type, AttributeData attribute)
    {
        var ends = attribute.ConstructorArguments.Select(argument => argument.Value).OfType<INamedTypeSymbol>();
        return new([Listed(type, attribute), .. ends.Select(end => Annotations.Find(end, Annotations.Node) is { } node ? Listed(end, node) : null).OfType<ListedModel>()]);
    }

    private static ListedModel Listed(INamedTypeSymbol type, AttributeData attribute) => new(
        Symbols.Full(type),
        Symbols.Metadata(type),
        Annotations.Text(attribute, "Name") ?? type.Name,
        Annotations.NameOf(attribute) == Annotations.Relationship,
        Visibility.Of(type) >= Visibility.Internal);
}
