using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Gives a counter or a flag the one type that it can have.</summary>
internal abstract class RequiredTypeFix(SyntaxKind keyword) : DeclarationFix<PropertyDeclarationSyntax>
{
    protected override (string Title, PropertyDeclarationSyntax Declaration)? Mend(PropertyDeclarationSyntax declaration)
    {
        var type = SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword)).WithTriviaFrom(declaration.Type);
        return ($"Make '{declaration.Identifier.Text}' a {SyntaxFacts.GetText(keyword)}", declaration.WithType(type));
    }
}
