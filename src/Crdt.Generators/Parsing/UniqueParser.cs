using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads whether a property's values are unique.</summary>
internal static class UniqueParser
{
    /// <summary>The types of which equal values have the same bytes: not numbers with a fraction, and nothing that is made of others.</summary>
    private static readonly HashSet<string> Kinds =
        ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Int128", "Text", "Bytes", "Guid", "Date", "Time", "DateTime", "Duration"];

    /// <summary>The field as a unique one where its property says so; the field itself where it doesn't.</summary>
    public static FieldModel Apply(IPropertySymbol property, FieldModel field, Findings findings)
    {
        if (Annotations.Find(property, Annotations.Unique) is not { } attribute) return field;
        if (Objection(property, field) is { } objection) Report(property, attribute, objection, findings);
        return field with { IsUnique = true };
    }

    /// <summary>Reports a property that says so and is no field.</summary>
    public static void RequireAbsent(IPropertySymbol property, string what, Findings findings)
    {
        if (Annotations.Find(property, Annotations.Unique) is { } attribute) Report(property, attribute, what, findings);
    }

    private static string? Objection(IPropertySymbol property, FieldModel field)
    {
        if (!Annotations.Has(property.ContainingType, Annotations.Node)) return "belongs to a relationship";
        if (field.Form != FieldForm.Register) return "is no register whose last write wins";
        if (field.Rule.Length > 0) return "has a rule of its own";
        return Kinds.Contains(field.Value.Described) || field.Value.Described.StartsWith("Enum", StringComparison.Ordinal) ? null : "is of a type of which equal values can have different bytes";
    }

    private static void Report(IPropertySymbol property, AttributeData attribute, string what, Findings findings) =>
        findings.AddToMember(Rules.UnfitUnique, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name, what);
}
