using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>What is asked of symbols everywhere.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat Unescaped = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The name with namespace and outer types, as metadata has it.</summary>
    public static string Metadata(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return $"{Metadata(outer)}+{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString(Unescaped)}.{type.MetadataName}";
    }

    /// <summary>The name that means the same everywhere.</summary>
    public static string Full(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The type as it has to be repeated in another part of a member.</summary>
    public static string FullWithNullability(ITypeSymbol type) => type.ToDisplayString(
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    /// <summary>The namespace as C# wants it written; empty for the global one.</summary>
    public static string Namespace(INamedTypeSymbol type) => type.ContainingNamespace.IsGlobalNamespace
        ? ""
        : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    public static Location? PlaceOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource);

    /// <summary>The one type argument of a type with this definition; null for any other type.</summary>
    public static ITypeSymbol? ArgumentOf(ITypeSymbol type, string definition) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && named.OriginalDefinition.ToDisplayString() == definition ? named.TypeArguments[0] : null;
}
