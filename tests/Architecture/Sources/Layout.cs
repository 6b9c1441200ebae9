using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Tests.Architecture.Sources;

/// <summary>The rules on what a file may hold and what it is called.</summary>
internal static partial class Layout
{
    public const int MostLines = 300;

    /// <summary>The namespace is the project's root namespace and the folders below the project.</summary>
    public static IEnumerable<string> CheckNamespace(SourceFile file, string projectPath, string rootNamespace)
    {
        var folders = Path.GetRelativePath(Path.GetDirectoryName(projectPath)!, Path.GetDirectoryName(file.Path)!);
        var expected = folders == "." ? rootNamespace : $"{rootNamespace}.{folders.Replace('\\', '/').Replace('/', '.')}";
        foreach (var type in file.Types)
        {
            var actual = type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "";
            if (actual == expected || IsPolyfill(type, actual)) continue;
            yield return file.Say(type, $"'{SourceFile.NameOf(type)}' is in the namespace '{actual}'; its folder says '{expected}'.");
        }
    }

    /// <summary>
    /// A file holds one public type and is named for it: <c>OrSet.cs</c>, or <c>OrSet.Algebra.cs</c> for a part of it. Types
    /// of one name that differ in their type parameters are one, and <c>*Codecs.cs</c> holds several types named <c>*Codec</c>.
    /// </summary>
    public static IEnumerable<string> CheckPublicTypes(SourceFile file)
    {
        foreach (var type in file.Types.Where(IsTopLevel).Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)))
        {
            var name = SourceFile.NameOf(type);
            if (name == file.TypeName) continue;
            var isOneOfSeveral = file.TypeName.EndsWith("Codecs", StringComparison.Ordinal) && name.EndsWith("Codec", StringComparison.Ordinal);
            if (!isOneOfSeveral) yield return file.Say(type, $"the public type '{name}' belongs in a file '{name}.cs' of its own.");
        }
    }

    public static IEnumerable<string> CheckLength(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        if (lines > MostLines) yield return $"{file.Path}: {lines} lines; at {MostLines} a type is split as '{file.TypeName}.Aspect.cs'.";
    }

    public static IEnumerable<string> CheckTypeNames(SourceFile file) =>
        from type in file.Types
        let name = SourceFile.NameOf(type)
        where VagueName().IsMatch(name)
        select file.Say(type, $"'{name}' says nothing about what it is.");

    // The compiler looks for some types under their own names where an old framework lacks them.
    private static bool IsPolyfill(MemberDeclarationSyntax type, string actual) =>
        actual is "System.Runtime.CompilerServices" or "System.Diagnostics.CodeAnalysis" && !type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static bool IsTopLevel(MemberDeclarationSyntax type) => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax;

    [GeneratedRegex("(Manager|Helper)s?$|Util(s|ity|ities)?(?![a-z])")]
    private static partial Regex VagueName();
}
