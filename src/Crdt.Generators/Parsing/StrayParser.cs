using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Finds annotated properties in classes that aren't annotated, which would otherwise silently do nothing.</summary>
internal static class StrayParser
{
    private static readonly string[] OnClasses = [.. new[] { Annotations.Node, Annotations.Relationship }.SelectMany(Written)];

    /// <summary>
    /// Whether the property might be one. Where its class is plainly annotated it isn't, which the syntax tells: asking the
    /// compiler about every property of every annotated class at every edit would take longer than all else here.
    /// </summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is PropertyDeclarationSyntax { Parent: TypeDeclarationSyntax type } && !type.AttributeLists.Any(list => list.Attributes.Any(IsOnClass));

    public static EquatableArray<Finding> Parse(ISymbol property, string annotation)
    {
        if (property.ContainingType is not { } type || Annotations.Has(type, Annotations.Node) || Annotations.Has(type, Annotations.Relationship)) return default;
        var findings = new Findings();
        findings.Add(Rules.NotInAnnotatedClass, Symbols.PlaceOf(property), type.Name, property.Name, Annotations.Shown(annotation));
        return new(findings.ToArray());
    }

    private static bool IsOnClass(AttributeSyntax attribute) => OnClasses.Contains(attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    });

    private static string[] Written(string attribute)
    {
        var name = attribute.Substring("Crdt.".Length);
        return [name, name.Substring(0, name.Length - "Attribute".Length)];
    }
}
