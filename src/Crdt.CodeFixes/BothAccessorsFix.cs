using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Gives a register or counter the accessor that it lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BothAccessorsFix)), Shared]
internal sealed class BothAccessorsFix : DeclarationFix<PropertyDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT009"];

    protected override (string Title, PropertyDeclarationSyntax Declaration)? Mend(PropertyDeclarationSyntax declaration) =>
        Accessors.AreBare(declaration) ? ($"Give '{declaration.Identifier.Text}' a getter and a setter", Accessors.WithBoth(declaration)) : null;
}
