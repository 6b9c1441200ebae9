using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.CodeFixes;

/// <summary>Declares a set, list or map as its attribute wants it: by interface, with a getter only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CollectionFix)), Shared]
internal sealed class CollectionFix : DeclarationFix<PropertyDeclarationSyntax>
{
    private const string Suffix = "Attribute";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT012", "CRDT031"];

    protected override (string Title, PropertyDeclarationSyntax Declaration)? Mend(PropertyDeclarationSyntax declaration)
    {
        if (!Accessors.AreBare(declaration) || Required(declaration) is not { } type) return null;
        var mended = Accessors.WithGetterOnly(declaration.WithType(type.WithTriviaFrom(declaration.Type)));
        // Then it is the type of the elements that doesn't fit.
        if (SyntaxFactory.AreEquivalent(mended, declaration)) return null;
        return ($"Declare '{declaration.Identifier.Text}' as {type} {{ get; }}", mended);
    }

    private static TypeSyntax? Required(PropertyDeclarationSyntax declaration)
    {
        var arguments = Arguments(declaration.Type);
        return (RoleOf(declaration), arguments.Length) switch
        {
            ("OrSet", 1) => Generic("ISet", Present(arguments[0])),
            ("OrderedList", 1) => Generic(IsOrderedList(declaration.Type) ? "IOrderedList" : "IList", Present(arguments[0])),
            ("OrMap", 2) => Generic("IDictionary", Present(arguments[0]), arguments[1]),
            ("CounterMap", 1 or 2) => Generic("ICounterMap", Present(arguments[0])),
            _ => null,
        };
    }

    private static string? RoleOf(PropertyDeclarationSyntax declaration)
    {
        var names = declaration.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => attribute.Name.ToString().Split('.').Last());
        return names.Select(WithoutSuffix).FirstOrDefault(role => role is "OrSet" or "OrderedList" or "OrMap" or "CounterMap");
    }

    private static string WithoutSuffix(string attribute) =>
        attribute.EndsWith(Suffix, StringComparison.Ordinal) ? attribute.Substring(0, attribute.Length - Suffix.Length) : attribute;

    private static TypeSyntax[] Arguments(TypeSyntax type) => type switch
    {
        NullableTypeSyntax nullable => Arguments(nullable.ElementType),
        QualifiedNameSyntax qualified => Arguments(qualified.Right),
        AliasQualifiedNameSyntax alias => Arguments(alias.Name),
        ArrayTypeSyntax array => [array.ElementType],
        GenericNameSyntax generic => [.. generic.TypeArgumentList.Arguments],
        _ => [],
    };

    private static bool IsOrderedList(TypeSyntax type) => type.ToString().Contains("IOrderedList<");

    // Elements and keys can't be null.
    private static TypeSyntax Present(TypeSyntax type) => type is NullableTypeSyntax nullable ? nullable.ElementType : type;

    private static GenericNameSyntax Generic(string name, params TypeSyntax[] arguments)
    {
        var list = SyntaxFactory.SeparatedList(
            arguments.Select(argument => argument.WithoutTrivia()),
            arguments.Skip(1).Select(_ => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)));
        return SyntaxFactory.GenericName(SyntaxFactory.Identifier(name), SyntaxFactory.TypeArgumentList(list));
    }
}
