using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the shape of a property: whether it can be implemented, and with which modifiers.</summary>
internal static class PropertyParser
{
    /// <summary>The shape, to be given its type; null, with a finding, where the property can't be implemented.</summary>
    public static PropertyModel? Parse(IPropertySymbol property, string type, Findings findings, CancellationToken cancellation)
    {
        var syntax = Declaration(property, cancellation);
        if (Obstacle(property, syntax) is { } obstacle)
        {
            findings.AddToMember(Rules.PropertyNotPartial, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, obstacle);
            return null;
        }

        return new(
            string.Join(" ", syntax!.Modifiers.Select(modifier => modifier.Text)),
            type,
            Names.Escaped(property.Name),
            Accessor(syntax, SyntaxKind.GetAccessorDeclaration),
            Accessor(syntax, SyntaxKind.SetAccessorDeclaration) + Accessor(syntax, SyntaxKind.InitAccessorDeclaration));
    }

    /// <summary>What stands in for a property with a mistake, so that the compiler doesn't complain of it as well; null where nothing has to.</summary>
    public static PropertyModel? Placeholder(IPropertySymbol property, CancellationToken cancellation) =>
        property.Type.TypeKind == TypeKind.Error ? null : Parse(property, Symbols.FullWithNullability(property.Type), new(), cancellation);

    private static string? Obstacle(IPropertySymbol property, PropertyDeclarationSyntax? syntax)
    {
        if (syntax is null) return "is an indexer";
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword)) return "is not partial";
        if (!property.IsPartialDefinition || property.PartialImplementationPart is not null) return "has a body already";
        if (property.IsStatic) return "is static";
        return property.ReturnsByRef || property.ReturnsByRefReadonly ? "returns a reference" : null;
    }

    private static PropertyDeclarationSyntax? Declaration(IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<PropertyDeclarationSyntax>().FirstOrDefault();

    private static string Accessor(PropertyDeclarationSyntax syntax, SyntaxKind kind)
    {
        var accessor = syntax.AccessorList?.Accessors.FirstOrDefault(candidate => candidate.IsKind(kind));
        if (accessor is null) return "";
        return string.Join(" ", accessor.Modifiers.Select(modifier => modifier.Text).Append(accessor.Keyword.Text));
    }
}
