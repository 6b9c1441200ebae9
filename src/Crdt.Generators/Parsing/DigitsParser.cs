using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads with how many digits the graph database is to show a decimal.</summary>
internal static class DigitsParser
{
    // As Crdt.Schema.ValueSchema has it.
    private const int MaxPrecision = 28;

    /// <summary>The field with the digits that its property declares; the field itself where it declares none.</summary>
    public static FieldModel Apply(IPropertySymbol property, FieldModel field, Findings findings)
    {
        if (Annotations.Find(property, Annotations.Decimal) is not { } attribute) return field;
        var arguments = attribute.ConstructorArguments;
        if (arguments.Length != 2 || arguments[0].Value is not int precision || arguments[1].Value is not int scale) return field; // The compiler says what is missing.
        if (field.Value.Type != "decimal" || field.Form is not (FieldForm.Register or FieldForm.Max or FieldForm.Min))
            findings.AddToMember(Rules.UnfitDigits, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name, "is no decimal register");
        else if (precision is < 1 or > MaxPrecision || scale < 0 || scale > precision)
            findings.AddToMember(Rules.UnfitDigits, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name, $"can't have {precision} digits of which {scale} follow the point");
        return field with { Value = field.Value with { Schema = $"global::Crdt.Schema.ValueSchema.Decimal({precision}, {scale})" } };
    }
}
