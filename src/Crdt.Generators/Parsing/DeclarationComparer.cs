using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>
/// Tells whether annotated classes can mean anything else in one compilation than in another. Every key pressed makes a
/// compilation with symbols of its own, and looking at all annotated classes again takes the time of building these. Other
/// classes matter by their names, attributes and bases, by what is nested in them and by constants, and by nothing else.
/// </summary>
internal sealed class DeclarationComparer : IEqualityComparer<Compilation>
{
    public static DeclarationComparer Instance { get; } = new();

    public bool Equals(Compilation? left, Compilation? right)
    {
        if (ReferenceEquals(left, right)) return true;
        return left is not null && right is not null
            && left.AssemblyName == right.AssemblyName
            && left.Options.Equals(right.Options)
            && left.References.SequenceEqual(right.References)
            && AreSame(left.SyntaxTrees, right.SyntaxTrees);
    }

    public int GetHashCode(Compilation compilation) => 0;

    private static bool AreSame(IEnumerable<SyntaxTree> left, IEnumerable<SyntaxTree> right)
    {
        using var others = right.GetEnumerator();
        foreach (var tree in left)
        {
            if (!others.MoveNext() || !(ReferenceEquals(tree, others.Current) || AreSame(tree, others.Current))) return false;
        }

        return !others.MoveNext();
    }

    private static bool AreSame(SyntaxTree left, SyntaxTree right) =>
        left.FilePath == right.FilePath
        && left.Options.Equals(right.Options)
        && Outline(left).SequenceEqual(Outline(right))
        && !HasParts(right);

    private static IEnumerable<string> Outline(SyntaxTree tree) =>
        tree.GetRoot().DescendantTokens(node => !IsInsideOfClass(node)).Select(token => token.Text);

    // Structs and records stay, since such can be values. A missing token is an empty text.
    private static bool IsInsideOfClass(SyntaxNode node) => node.Parent is ClassDeclarationSyntax && node switch
    {
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or EventFieldDeclarationSyntax => true,
        _ => false,
    };

    // A mistake may be reported at any part of an annotated class, so lines must not move there unseen.
    private static bool HasParts(SyntaxTree tree) => tree.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
        .OfType<TypeDeclarationSyntax>()
        .Any(type => type.Modifiers.Any(SyntaxKind.PartialKeyword));
}
