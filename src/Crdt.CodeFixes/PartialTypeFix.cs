using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Makes an annotated class, or a type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialTypeFix)), Shared]
internal sealed class PartialTypeFix : DeclarationFix<TypeDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT001", "CRDT002"];

    protected override (string Title, TypeDeclarationSyntax Declaration)? Mend(TypeDeclarationSyntax declaration) =>
        ($"Make '{declaration.Identifier.Text}' partial", Modifiers.WithPartial(declaration));
}
