using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>The getter and setter of a property, without bodies.</summary>
internal static class Accessors
{
    /// <summary>Whether all accessors are there without bodies, as those of a partial property have to be.</summary>
    public static bool AreBare(PropertyDeclarationSyntax property) =>
        property is { ExpressionBody: null, AccessorList: { } list } && list.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null });

    /// <summary>The property with a getter only; one with an initializer loses it.</summary>
    public static PropertyDeclarationSyntax WithGetterOnly(PropertyDeclarationSyntax property)
    {
        var getter = Of(property, SyntaxKind.GetAccessorDeclaration) ?? Bare(SyntaxKind.GetAccessorDeclaration);
        return WithAccessors(property, getter);
    }

    /// <summary>The property with the accessors that it has, and those that it lacks.</summary>
    public static PropertyDeclarationSyntax WithBoth(PropertyDeclarationSyntax property)
    {
        var getter = Of(property, SyntaxKind.GetAccessorDeclaration) ?? Bare(SyntaxKind.GetAccessorDeclaration);
        var setter = Of(property, SyntaxKind.SetAccessorDeclaration) ?? Of(property, SyntaxKind.InitAccessorDeclaration) ?? Bare(SyntaxKind.SetAccessorDeclaration);
        return WithAccessors(property, getter, setter);
    }

    private static AccessorDeclarationSyntax? Of(PropertyDeclarationSyntax property, SyntaxKind kind) =>
        property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(kind))?.WithoutTrivia();

    private static AccessorDeclarationSyntax Bare(SyntaxKind kind) =>
        SyntaxFactory.AccessorDeclaration(kind).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken));

    private static PropertyDeclarationSyntax WithAccessors(PropertyDeclarationSyntax property, params AccessorDeclarationSyntax[] accessors)
    {
        var open = SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space);
        var spaced = accessors.Select(accessor => accessor.WithTrailingTrivia(SyntaxFactory.Space));
        var list = SyntaxFactory.AccessorList(open, SyntaxFactory.List(spaced), SyntaxFactory.Token(SyntaxKind.CloseBraceToken));
        return property
            .WithIdentifier(property.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithAccessorList(list)
            .WithInitializer(null)
            .WithSemicolonToken(default);
    }
}
