using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Takes the setter from a key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GetOnlyKeyFix)), Shared]
internal sealed class GetOnlyKeyFix : DeclarationFix<PropertyDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT006"];

    protected override (string Title, PropertyDeclarationSyntax Declaration)? Mend(PropertyDeclarationSyntax declaration) =>
        Accessors.AreBare(declaration) ? ($"Make '{declaration.Identifier.Text}' get-only", Accessors.WithGetterOnly(declaration)) : null;
}
