using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>What stands before the type of a member.</summary>
internal static class Modifiers
{
    /// <summary>The type with <c>partial</c> as its last modifier, where C# wants it.</summary>
    public static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type) => type.Modifiers.Count > 0
        ? (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(Partial))
        : type.WithKeyword(type.Keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(Partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));

    /// <summary>The property with <c>partial</c> as its last modifier.</summary>
    public static PropertyDeclarationSyntax WithPartial(PropertyDeclarationSyntax property) => property.Modifiers.Count > 0
        ? property.WithModifiers(property.Modifiers.Add(Partial))
        : property.WithType(property.Type.WithoutLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(Partial.WithLeadingTrivia(property.Type.GetLeadingTrivia())));

    private static SyntaxToken Partial => SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
}
