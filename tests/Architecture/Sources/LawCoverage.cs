using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Tests.Architecture.Sources;

/// <summary>Finds the types that merge, and whether the laws mention them.</summary>
internal static class LawCoverage
{
    private const string Root = "Field";

    /// <summary>The names of all types that derive from <c>Field</c>, however indirectly, and can be made. A nested one goes by the outermost name.</summary>
    public static IReadOnlyList<string> FieldTypes(IEnumerable<SourceFile> files)
    {
        var classes = files.SelectMany(file => file.Types).OfType<ClassDeclarationSyntax>().ToList();
        var family = new HashSet<string> { Root };
        while (classes.Any(type => BasesOf(type).Any(family.Contains) && family.Add(type.Identifier.Text)))
        {
        }

        return [.. classes
            .Where(type => type.Identifier.Text != Root && family.Contains(type.Identifier.Text) && !type.Modifiers.Any(SyntaxKind.AbstractKeyword))
            .Select(type => type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Last().Identifier.Text)
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>One sentence for every type that no file of the laws names.</summary>
    public static IReadOnlyList<string> Check(IEnumerable<string> types, IReadOnlyList<SourceFile> laws) =>
    [
        .. types
            .Where(type => !laws.Any(file => Regex.IsMatch(file.Text, $@"\b{type}(Tests|Laws)?\b")))
            .Select(type => $"No law in tests/Properties names '{type}'."),
    ];

    private static IEnumerable<string> BasesOf(ClassDeclarationSyntax type) =>
        type.BaseList?.Types.Select(item => item.Type).OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text) ?? [];
}
