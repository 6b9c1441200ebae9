using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Finds the method that resolves a register's concurrent writes.</summary>
internal static class ResolutionParser
{
    // In the order of Crdt.Resolution. The first is what a register does without a rule.
    private static readonly string[] Builtin = ["", ".FirstWriteWins", ".OnlineWins", ".Max", ".Min"];

    /// <summary>The method with its class, or the library's rule; empty where the attribute names none, or, with a finding, one that doesn't fit.</summary>
    public static string Parse(IPropertySymbol property, AttributeData attribute, bool hasOrder, bool nullable, Findings findings)
    {
        var rule = Annotations.Number(attribute, "Rule") is { } number && number >= 0 && number < Builtin.Length ? Builtin[number] : "";
        if (rule is ".Max" or ".Min" && !hasOrder)
            findings.AddToMember(Rules.NoOrder, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name, $"Rule = Resolution{rule}", property.Type.Name);
        if (Annotations.Text(attribute, "Resolve") is not { } name) return rule;
        if (rule.Length > 0) findings.AddToMember(Rules.TwoResolutions, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name);
        if (property.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(method => Fits(method, property.Type, nullable)))
            return $"{Symbols.Full(property.ContainingType)}.{Names.Escaped(name)}";
        var type = property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        findings.AddToMember(Rules.UnfitResolution, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name, name, type);
        return "";
    }

    private static bool Fits(IMethodSymbol method, ITypeSymbol value, bool nullable) =>
        method is { IsStatic: true, IsGenericMethod: false, RefKind: RefKind.None, Parameters.Length: 1 }
        && method.Parameters[0].RefKind == RefKind.None
        && IsSame(method.ReturnType, value)
        && SiblingOf(method.Parameters[0].Type) is { } sibling
        && IsSame(sibling, value)
        // What the register holds goes in, and what comes out goes on as its value: null has to be welcome at both ends.
        && (nullable ? sibling.NullableAnnotation != NullableAnnotation.NotAnnotated || value.IsValueType
            : method.ReturnType.NullableAnnotation != NullableAnnotation.Annotated);

    private static ITypeSymbol? SiblingOf(ITypeSymbol parameter) =>
        Symbols.ArgumentOf(parameter, "System.Collections.Generic.IReadOnlyList<T>") is { } sibling
        ? Symbols.ArgumentOf(sibling, "Crdt.Types.Sibling<T>")
        : null;

    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
