using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>A marked declaration, which stays the same until its file is edited.</summary>
internal sealed class AnnotatedDeclaration(TypeDeclarationSyntax syntax, Compilation compilation) : IEquatable<AnnotatedDeclaration>
{
    // Held as long as it is the current one, and no longer.
    private readonly WeakReference<Compilation> _foundIn = new(compilation);

    private TypeDeclarationSyntax Syntax => syntax;

    public bool Equals(AnnotatedDeclaration? other) => other is not null && other.Syntax == Syntax;

    public override bool Equals(object? obj) => Equals(obj as AnnotatedDeclaration);

    public override int GetHashCode() => Syntax.GetHashCode();

    /// <summary>The class and its annotation; null where another part of it has that as well, and comes first.</summary>
    /// <param name="annotation">The name of the attribute.</param>
    /// <param name="known">A compilation in which everything means what it does in the current one, but which may be older.</param>
    /// <param name="cancellation">Ends the work.</param>
    public (INamedTypeSymbol Type, AttributeData Attribute)? Find(string annotation, Compilation known, CancellationToken cancellation)
    {
        var type = CompilationOf(known)?.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation);
        if (type is null || Annotations.Find(type, annotation) is not { ApplicationSyntaxReference: { } place } attribute) return null;
        // A class whose parts are marked more than once is an error of the compiler's, and is to be emitted once.
        return place.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(place.Span) ? (type, attribute) : null;
    }

    // An edit that means nothing new leaves the older compilation without the file as it is now.
    private Compilation? CompilationOf(Compilation known) =>
        known.ContainsSyntaxTree(syntax.SyntaxTree) ? known : _foundIn.TryGetTarget(out var current) ? current : null;
}
