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
        var field = Annotations.NameOf(attribute) switch
        {
            Annotations.Lww => Register(property, attribute, findings, cancellation),
            Annotations.Counter => Counter(property, findings, cancellation),
            _ => Set(property, findings, cancellation),
        };
        var name = Annotations.Text(attribute, "Name") ?? property.Name;
        if (field is not null && !Names.IsDataName(name)) findings.AddToMember(Rules.InvalidName, Annotations.PlaceOf(attribute), name, $"'{property.ContainingType.Name}.{property.Name}'");
        return field is null || findings.Count != before ? null : field with { DataName = name, Member = names.Member(property.Name), Descriptor = names.Descriptor(property.Name) };
    }

    private static FieldModel? Register(IPropertySymbol property, AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        var value = ValueTypes.Find(property.Type, out var nullable);
        if (value is null) findings.AddToMember(Rules.UnsupportedValue, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Shown(property.Type), ValueTypes.Supported);
        var shape = Writable(property, value is null ? "" : nullable ? value.Type + "?" : value.Type, Annotations.Lww, findings, cancellation);
        if (shape is null || value is null) return null;
        var rule = ResolutionParser.Parse(property, attribute, nullable, findings);
        return new(shape, FieldForm.Register, value, nullable, "", "", "", rule);
    }

    private static FieldModel? Counter(IPropertySymbol property, Findings findings, CancellationToken cancellation)
    {
        if (property.Type.SpecialType != SpecialType.System_Int64)
            findings.AddToMember(Rules.CounterNotLong, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Shown(property.Type));
        var shape = Writable(property, "long", Annotations.Counter, findings, cancellation);
        return shape is null ? null : new(shape, FieldForm.Counter, ValueTypes.Find(property.Type, out _)!, false, "", "", "", "");
    }

    private static FieldModel? Set(IPropertySymbol property, Findings findings, CancellationToken cancellation)
    {
        var element = Symbols.ArgumentOf(property.Type, "System.Collections.Generic.ISet<T>");
        if (element is { TypeKind: TypeKind.Error }) return null;
        var value = element is null || IsNullable(element) ? null : ValueTypes.Find(element, out _);
        if (value is null || property.SetMethod is not null)
            findings.AddToMember(Rules.SetNotISet, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, ValueTypes.Supported);
        var shape = PropertyParser.Parse(property, $"global::System.Collections.Generic.ISet<{value?.Type}>", findings, cancellation);
        return shape is null || value is null ? null : new(shape, FieldForm.Set, value, false, "", "", "", "");
    }

    private static PropertyModel? Writable(IPropertySymbol property, string type, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (property.GetMethod is null || property.SetMethod is null)
            findings.AddToMember(Rules.WrongAccessors, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, Annotations.Shown(annotation));
        return PropertyParser.Parse(property, type, findings, cancellation);
    }

    private static bool IsNullable(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static string Shown(ITypeSymbol type) => type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
