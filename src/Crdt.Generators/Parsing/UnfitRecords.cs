using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Finds the record that keeps a type from being a value: the type itself, or one that it is made of.</summary>
internal static class UnfitRecords
{
    /// <summary>Reports the first such record, so that the user hears of it and not of the type around it. Whether there is one.</summary>
    public static bool Report(IPropertySymbol property, IEnumerable<ITypeSymbol> types, Findings findings)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var (record, obstacle) = types.Select(type => Find(type, seen)).FirstOrDefault(found => found.Record is not null);
        if (record is null) return false;
        findings.AddToMember(Rules.UnfitRecord, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, record.Name, obstacle!);
        return true;
    }

    private static (INamedTypeSymbol? Record, string? Obstacle) Find(ITypeSymbol type, HashSet<ISymbol> seen)
    {
        if (type is not INamedTypeSymbol named) return default;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return Find(named.TypeArguments[0], seen);
        if (Symbols.ArgumentOf(named, ValueTypes.ListDefinition) is { } item) return Find(item, seen);
        // Records can contain themselves, and each other in more ways than can be tried.
        if (!named.IsRecord || !seen.Add(named)) return default;
        if (RecordValues.Obstacle(named) is { } obstacle) return (named, obstacle);
        var members = RecordValues.Primary(named)!.Parameters;
        return members.Select(member => Find(member.Type, seen)).FirstOrDefault(found => found.Record is not null);
    }
}
