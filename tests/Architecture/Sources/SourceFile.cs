using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Tests.Architecture.Sources;

/// <summary>One C# file, parsed but not compiled.</summary>
/// <param name="path">Where it is in the repository.</param>
/// <param name="text">What it says.</param>
internal sealed class SourceFile(string path, string text)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public string Path => path;

    public string Text => text;

    /// <summary>The part of the file's name before its first dot: <c>OrSet</c> of <c>OrSet.Algebra.cs</c>.</summary>
    public string TypeName { get; } = System.IO.Path.GetFileName(path).Split('.')[0];

    public CompilationUnitSyntax Tree { get; } = CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot();

    /// <summary>All types that the file declares, nested ones too.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types =>
        Tree.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => throw new ArgumentException($"A {type.Kind()} is no type.", nameof(type)),
    };

    /// <summary>A sentence about the line that <paramref name="node"/> begins on.</summary>
    public string Say(SyntaxNode node, string what) =>
        $"{path}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {what}";
}
