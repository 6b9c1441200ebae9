using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the two nodes that a relationship connects.</summary>
internal static class EndParser
{
    /// <summary>The number of the rule that restores ends.</summary>
    public const int Restore = 2;

    private const int UpdateWins = 1;

    public static (string? Source, string? Target) Parse(INamedTypeSymbol type, AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        if (attribute.ConstructorArguments is not { Length: 2 } ends)
        {
            findings.Abandon();
            return default;
        }

        var (source, target) = (ends[0], ends[1]);
        var first = End(type, attribute, source, findings, cancellation);
        var isLoop = SymbolEqualityComparer.Default.Equals(source.Value as ISymbol, target.Value as ISymbol);
        return (first, isLoop ? first : End(type, attribute, target, findings, cancellation));
    }

    private static string? End(INamedTypeSymbol type, AttributeData attribute, TypedConstant argument, Findings findings, CancellationToken cancellation)
    {
        if (argument.Kind == TypedConstantKind.Error || argument.Value is IErrorTypeSymbol)
        {
            findings.Abandon();
            return null;
        }

        if (argument.Value is not INamedTypeSymbol end || Annotations.Find(end, Annotations.Node) is not { } node)
        {
            findings.Add(Rules.EndNotNode, Annotations.PlaceOf(attribute) ?? Symbols.PlaceOf(type), type.Name, (argument.Value as ISymbol)?.Name ?? "null");
            return null;
        }

        if (Annotations.Number(attribute, "OnEndDeleted") == Restore && Annotations.Number(node, "Deletion") != UpdateWins)
            findings.AddToMember(Rules.EndNotRestorable, Annotations.PlaceOf(attribute) ?? Symbols.PlaceOf(type), type.Name, end.Name);

        // A node with mistakes has its own findings, and none of the members that the relationship would refer to.
        if (end.Locations.Any(location => location.IsInSource) && EntityParser.Parse(end, node, cancellation).Model is null) findings.Abandon();
        return Symbols.Full(end);
    }
}
