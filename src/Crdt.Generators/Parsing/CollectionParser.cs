using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the properties that merge and that are changed in place: sets, maps, lists and multi-value registers.</summary>
internal static class CollectionParser
{
    private const string Generic = "System.Collections.Generic.";

    /// <summary>The field that an annotated property is; null, with findings, where it can't be one.</summary>
    public static FieldModel? Parse(IPropertySymbol property, string annotation, Findings findings, CancellationToken cancellation)
    {
        var (form, shapes) = FormOf(annotation);
        if (Arguments(property.Type, shapes) is not { } found) return Refuse(property, annotation, shapes, findings);
        var (shape, arguments) = found;
        if (arguments.Any(argument => argument.TypeKind == TypeKind.Error)) return null;
        var key = arguments.Length == 2 || form == FieldForm.CounterMap ? Required(arguments[0]) : null;
        var nullable = false;
        var value = form switch
        {
            FieldForm.CounterMap => ValueTypes.Long,
            FieldForm.Map => ValueTypes.Find(arguments[1], out nullable),
            _ => Required(arguments[0]),
        };
        if (value is null || property.SetMethod is not null || (IsKeyed(form) && key is not { HasOrder: true })) return Refuse(property, annotation, shapes, findings);
        var type = $"global::{shape.Substring(0, shape.IndexOf('<'))}<{string.Join(", ", Written(form, key, value, nullable))}>";
        return PropertyParser.Parse(property, type, findings, cancellation) is { } model
            ? new(model, form, value, nullable, "", "", "", "") { Key = key }
            : null;
    }

    private static (FieldForm Form, string[] Shapes) FormOf(string annotation) => annotation switch
    {
        Annotations.MultiValue => (FieldForm.MultiValue, ["Crdt.IMultiValue<T>"]),
        Annotations.OrderedList => (FieldForm.List, [Generic + "IList<T>", "Crdt.IOrderedList<T>"]),
        Annotations.OrMap => (FieldForm.Map, [Generic + "IDictionary<TKey, TValue>"]),
        Annotations.CounterMap => (FieldForm.CounterMap, ["Crdt.ICounterMap<TKey>"]),
        _ => (FieldForm.Set, [Generic + "ISet<T>"]),
    };

    private static (string Shape, ITypeSymbol[] Arguments)? Arguments(ITypeSymbol type, string[] shapes) =>
        type is INamedTypeSymbol named && shapes.FirstOrDefault(shape => named.OriginalDefinition.ToDisplayString() == shape) is { } found
            ? (found, [.. named.TypeArguments])
            : null;

    /// <summary>A type of element or key, which can't be absent.</summary>
    private static ValueModel? Required(ITypeSymbol type) => IsNullable(type) ? null : ValueTypes.Find(type, out _);

    private static IEnumerable<string> Written(FieldForm form, ValueModel? key, ValueModel value, bool nullable)
    {
        if (key is not null) yield return key.Type;
        if (form != FieldForm.CounterMap) yield return nullable ? value.Type + "?" : value.Type;
    }

    private static bool IsKeyed(FieldForm form) => form is FieldForm.Map or FieldForm.CounterMap;

    private static bool IsNullable(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static FieldModel? Refuse(IPropertySymbol property, string annotation, string[] shapes, Findings findings)
    {
        if (property.Type is INamedTypeSymbol named && UnfitRecords.Report(property, named.TypeArguments, findings)) return null;
        var (type, name) = (property.ContainingType.Name, property.Name);
        if (annotation == Annotations.OrSet)
            findings.AddToMember(Rules.SetNotISet, Symbols.PlaceOf(property), type, name, ValueTypes.Supported);
        else
            findings.AddToMember(Rules.WrongCollection, Symbols.PlaceOf(property), type, name, Annotations.Shown(annotation), Shown(shapes), ValueTypes.Supported);
        return null;
    }

    private static string Shown(string[] shapes) =>
        string.Join(" or ", shapes.Select(shape => shape.Substring(shape.LastIndexOf('.', shape.IndexOf('<')) + 1)));
}
