using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads a type that rows of a query are read into.</summary>
internal static class ResultParser
{
    /// <summary>The model of the type, or its findings. A pure function of the symbols.</summary>
    public static Parsed<ResultModel> Parse(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        var findings = new Findings();
        var model = DeclarationParser.Parse(type, Annotations.QueryResult, findings, cancellation) is { } declaration ? Parse(type, declaration, findings) : null;
        return new(findings.AreFatal ? null : model, new(findings.ToArray()));
    }

    private static ResultModel Parse(INamedTypeSymbol type, DeclarationModel declaration, Findings findings)
    {
        var constructor = ResultConstructors.Find(type, findings);
        var parameters = constructor?.Parameters.Select(parameter => (Symbol: (ISymbol)parameter, parameter.Type)).ToArray() ?? [];
        var properties = type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => constructor is not null && IsSettable(property) && !parameters.Any(parameter => IsNamed(parameter.Symbol, property.Name)))
            .Select(property => (Symbol: (ISymbol)property, property.Type))
            .ToArray();
        if (constructor is not null && parameters.Length + properties.Length == 0)
            findings.AddToMember(Rules.NoResultMembers, Symbols.PlaceOf(type), type.Name, "has no constructor with parameters and no property that can be set");
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return new(
            declaration,
            type.Name,
            constructor is not null,
            new([.. parameters.Select(member => Member(type, member.Symbol, member.Type, columns, findings))]),
            new([.. properties.Select(member => Member(type, member.Symbol, member.Type, columns, findings))]));
    }

    private static ResultMemberModel Member(INamedTypeSymbol type, ISymbol member, ITypeSymbol value, Dictionary<string, string> columns, Findings findings)
    {
        var name = NameOf(type, member);
        var column = ColumnOf(type, member) ?? name;
        if (columns.TryGetValue(column, out var other)) findings.AddToMember(Rules.SameColumn, Symbols.PlaceOf(member), type.Name, other, name, column);
        else columns.Add(column, name);
        var reader = ResultReadings.Find(value);
        if (reader is null && value.TypeKind != TypeKind.Error)
        {
            var shown = value.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            findings.AddToMember(Rules.UnsupportedColumn, Symbols.PlaceOf(member), type.Name, name, shown, ResultReadings.Supported);
        }

        return new(Names.Escaped(member.Name), name, column, value.TypeKind == TypeKind.Error ? "" : Symbols.FullWithNullability(value), reader ?? "");
    }

    private static bool IsSettable(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, SetMethod: { } setter } && IsVisible(property) && IsVisible(setter);

    // What only the type itself sets is its own affair.
    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>A parameter is called as the property that it is for, where there is one.</summary>
    private static string NameOf(INamedTypeSymbol type, ISymbol member) => PropertyOf(type, member)?.Name ?? member.Name;

    private static string? ColumnOf(INamedTypeSymbol type, ISymbol member)
    {
        var attribute = Annotations.Find(member, Annotations.Column) ?? (PropertyOf(type, member) is { } property ? Annotations.Find(property, Annotations.Column) : null);
        return attribute?.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string name ? name : null;
    }

    private static IPropertySymbol? PropertyOf(INamedTypeSymbol type, ISymbol member) =>
        member as IPropertySymbol
        ?? type.GetMembers(member.Name).OfType<IPropertySymbol>().FirstOrDefault()
        ?? type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => IsNamed(member, property.Name));

    private static bool IsNamed(ISymbol member, string name) => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase);
}
