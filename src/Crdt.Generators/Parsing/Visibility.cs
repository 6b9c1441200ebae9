using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Who can name a class, all types around it considered.</summary>
internal static class Visibility
{
    public const int Hidden = 0;
    public const int Internal = 1;
    public const int Public = 2;

    public static int Of(INamedTypeSymbol type)
    {
        var visibility = Public;
        for (var at = type; at is not null; at = at.ContainingType) visibility = Math.Min(visibility, OfDeclaration(at.DeclaredAccessibility));
        return visibility;
    }

    /// <summary>The most that members of a relationship can be which take objects of the classes at its ends.</summary>
    public static string OfMembersWithEnds(INamedTypeSymbol type, AttributeData attribute)
    {
        var ends = attribute.ConstructorArguments.Select(argument => argument.Value).OfType<INamedTypeSymbol>();
        var least = ends.Select(Of).DefaultIfEmpty(Public).Min();
        if (least >= Of(type)) return "public";
        return least == Internal ? "internal" : "private";
    }

    private static int OfDeclaration(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Public => Public,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => Internal,
        _ => Hidden,
    };
}
