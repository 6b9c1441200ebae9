using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Mends the one declaration that a mistake is reported at.</summary>
internal abstract class DeclarationFix<TDeclaration> : CodeFixProvider
    where TDeclaration : MemberDeclarationSyntax
{
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var declaration = root?.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<TDeclaration>();
        if (root is null || declaration is null || Mend(declaration) is not { } mended) return;
        var document = context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, mended.Declaration.WithTriviaFrom(declaration)));
        context.RegisterCodeFix(CodeAction.Create(mended.Title, _ => Task.FromResult(document), GetType().Name), context.Diagnostics);
    }

    /// <summary>The mended declaration and what was done to it; null where that takes more than the declaration tells.</summary>
    protected abstract (string Title, TDeclaration Declaration)? Mend(TDeclaration declaration);
}
