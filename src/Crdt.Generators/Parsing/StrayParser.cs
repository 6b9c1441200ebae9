using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Finds annotated properties in classes that aren't annotated, which would otherwise silently do nothing.</summary>
internal static class StrayParser
{
    private static readonly HashSet<string> OnClasses = Written([Annotations.Node, Annotations.Relationship]);
    private static readonly HashSet<string> OnProperties = Written(Annotations.OnProperties);

    /// <summary>
    /// Whether the property might be one, as far as the syntax tells: asking the compiler about every property that has any
    /// attribute, at every edit, would take longer than all else here.
    /// </summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is PropertyDeclarationSyntax { AttributeLists.Count: > 0, Parent: TypeDeclarationSyntax type } property
        && !Any(type.AttributeLists, OnClasses, orAlias: false)
        && Any(property.AttributeLists, OnProperties, orAlias: true);

    public static EquatableArray<Finding> Parse(ISymbol? symbol)
    {
        if (symbol is not IPropertySymbol { ContainingType: { } type } property) return EquatableArray<Finding>.Empty;
        if (Annotations.Has(type, Annotations.Node) || Annotations.Has(type, Annotations.Relationship)) return EquatableArray<Finding>.Empty;
        var findings = new Findings();
        foreach (var attribute in property.GetAttributes().Where(Annotations.IsOnProperty))
            findings.Add(Rules.NotInAnnotatedClass, Symbols.PlaceOf(property), type.Name, property.Name, Annotations.Shown(Annotations.NameOf(attribute)));
        return new(findings.ToArray());
    }

    private static bool Any(SyntaxList<AttributeListSyntax> lists, HashSet<string> names, bool orAlias)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = NameOf(attribute);
                if (names.Contains(name) || (orAlias && IsAlias(attribute, name))) return true;
            }
        }

        return false;
    }

    private static string NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    // Whether the file calls something by this name.
    private static bool IsAlias(AttributeSyntax attribute, string name) =>
        attribute.SyntaxTree.GetRoot() is CompilationUnitSyntax file && file.Usings.Any(directive => directive.Alias?.Name.Identifier.ValueText == name);

    private static HashSet<string> Written(string[] attributes) => [.. attributes.SelectMany(Written)];

    private static string[] Written(string attribute)
    {
        var name = attribute.Substring("Crdt.".Length);
        return [name, name.Substring(0, name.Length - "Attribute".Length)];
    }
}
