using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the properties that merge.</summary>
internal static class FieldParser
{
    /// <summary>The field that an annotated property is; null, with findings, where it can't be one.</summary>
    public static FieldModel? Parse(IPropertySymbol property, AttributeData attribute, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        if (property.Type.TypeKind == TypeKind.Error) return null;
        var before = findings.Count;
        var annotation = Annotations.NameOf(attribute);
        var field = annotation switch
        {
            Annotations.Lww => Register(property, attribute, findings, cancellation),
            Annotations.Max => Extreme(property, FieldForm.Max, annotation, findings, cancellation),
            Annotations.Min => Extreme(property, FieldForm.Min, annotation, findings, cancellation),
            Annotations.Counter => BoundParser.Apply(property, attribute, Counter(property, FieldForm.Counter, annotation, findings, cancellation), findings),
            Annotations.GrowOnlyCounter => Counter(property, FieldForm.GrowOnlyCounter, annotation, findings, cancellation),
            Annotations.EnableWins => Flag(property, FieldForm.EnableWins, annotation, findings, cancellation),
            Annotations.DisableWins => Flag(property, FieldForm.DisableWins, annotation, findings, cancellation),
            _ => CollectionParser.Parse(property, annotation, findings, cancellation),
        };
        if (field is not null) field = UniqueParser.Apply(property, DigitsParser.Apply(property, field, findings), findings);
        var name = Annotations.Text(attribute, "Name") ?? property.Name;
        if (field is not null && !Names.IsDataName(name)) findings.AddToMember(Rules.InvalidName, Annotations.PlaceOf(attribute), name, $"'{property.ContainingType.Name}.{property.Name}'");
        return field is null || findings.Count != before ? null : field with { DataName = name, Member = names.Member(property.Name), Descriptor = names.Descriptor(property.Name) };
    }

    private static FieldModel? Register(IPropertySymbol property, AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        if (Value(property, FieldForm.Register, Annotations.Lww, findings, cancellation) is not { } field) return null;
        var rule = ResolutionParser.Parse(property, attribute, field.Value.HasOrder, field.Nullable, findings);
        return field with { Rule = rule };
    }

    private static FieldModel? Extreme(IPropertySymbol property, FieldForm form, string annotation, Findings findings, CancellationToken cancellation)
    {
        var field = Value(property, form, annotation, findings, cancellation);
        if (field is { Value.HasOrder: false })
            findings.AddToMember(Rules.NoOrder, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Annotations.Shown(annotation), Shown(property.Type));
        return field;
    }

    private static FieldModel? Value(IPropertySymbol property, FieldForm form, string annotation, Findings findings, CancellationToken cancellation)
    {
        var value = ValueTypes.Find(property.Type, out var nullable);
        if (value is null) ReportUnsupported(property, property.Type, findings);
        var shape = Writable(property, value is null ? "" : nullable ? value.Type + "?" : value.Type, annotation, findings, cancellation);
        return shape is null || value is null ? null : new(shape, form, value, nullable, "", "", "", "");
    }

    private static FieldModel? Counter(IPropertySymbol property, FieldForm form, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (property.Type.SpecialType != SpecialType.System_Int64)
            findings.AddToMember(Rules.CounterNotLong, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Shown(property.Type));
        var shape = Writable(property, "long", annotation, findings, cancellation);
        return shape is null ? null : new(shape, form, ValueTypes.Find(property.Type, out _)!, false, "", "", "", "");
    }

    private static FieldModel? Flag(IPropertySymbol property, FieldForm form, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (property.Type.SpecialType != SpecialType.System_Boolean)
            findings.AddToMember(Rules.FlagNotBool, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Shown(property.Type));
        var shape = Writable(property, "bool", annotation, findings, cancellation);
        return shape is null ? null : new(shape, form, ValueTypes.Find(property.Type, out _)!, false, "", "", "", "");
    }

    private static PropertyModel? Writable(IPropertySymbol property, string type, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (property.GetMethod is null || property.SetMethod is null)
            findings.AddToMember(Rules.WrongAccessors, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Annotations.Shown(annotation));
        return PropertyParser.Parse(property, type, findings, cancellation);
    }

    /// <summary>Says why a type is none that a field can hold: a record is told what is wrong with it.</summary>
    private static void ReportUnsupported(IPropertySymbol property, ITypeSymbol type, Findings findings)
    {
        if (UnfitRecords.Report(property, [type], findings)) return;
        findings.AddToMember(Rules.UnsupportedValue, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Shown(type), ValueTypes.Supported);
    }

    private static string Shown(ITypeSymbol type) => type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
