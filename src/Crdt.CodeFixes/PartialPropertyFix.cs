using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Makes an annotated property partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialPropertyFix)), Shared]
internal sealed class PartialPropertyFix : DeclarationFix<PropertyDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT008"];

    // One that is static, has a body or is partial already is no auto-property that only lacks the word.
    protected override (string Title, PropertyDeclarationSyntax Declaration)? Mend(PropertyDeclarationSyntax declaration)
    {
        if (declaration.Modifiers.Any(SyntaxKind.PartialKeyword) || declaration.Modifiers.Any(SyntaxKind.StaticKeyword)) return null;
        if (declaration.Type is RefTypeSyntax || !Accessors.AreBare(declaration) || !MayLose(declaration.Initializer)) return null;
        var bare = declaration.WithInitializer(null).WithSemicolonToken(default);
        bare = bare.WithAccessorList(bare.AccessorList!.WithTrailingTrivia());
        return ($"Make '{declaration.Identifier.Text}' partial", Modifiers.WithPartial(bare));
    }

    // Partial properties have no initializer. One that gives a value says something that would be lost.
    private static bool MayLose(EqualsValueClauseSyntax? initializer) => initializer?.Value switch
    {
        null => true,
        PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } unset => unset.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression) || literal.IsKind(SyntaxKind.NullLiteralExpression),
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        BaseObjectCreationExpressionSyntax made => made is { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } },
        _ => false,
    };
}
