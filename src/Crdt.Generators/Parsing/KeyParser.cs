using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the property that tells one entity of a class from another.</summary>
internal static class KeyParser
{
    private static readonly string[] OtherParameters = ["replica", "source", "target"];

    /// <summary>The key that an annotated property is; null, with findings, where it can't be one.</summary>
    public static KeyModel? Parse(IPropertySymbol property, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        if (property.Type.TypeKind == TypeKind.Error)
        {
            findings.Abandon();
            return null;
        }

        if (property.GetMethod is null || property.SetMethod is not null)
            findings.Add(Rules.KeyNotReadOnly, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name);
        var value = ValueOf(property.Type);
        if (value is null)
        {
            var shown = property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            findings.Add(Rules.UnsupportedKey, Symbols.PlaceOf(property), property.ContainingType.Name, property.Name, shown, ValueTypes.SupportedAsKey);
        }

        if (!Names.IsDataName(property.Name)) findings.Add(Rules.InvalidName, Symbols.PlaceOf(property), property.Name, $"the key of '{property.ContainingType.Name}'");
        var shape = PropertyParser.Parse(property, value?.Type ?? "", findings, cancellation);
        return shape is null || value is null ? null : new(shape, value, property.Name, names.Member(property.Name), Parameter(property.Name));
    }

    private static ValueModel? ValueOf(ITypeSymbol type)
    {
        if (type.NullableAnnotation == NullableAnnotation.Annotated) return null;
        return ValueTypes.Find(type, out _) is { Key: not KeyForm.None } value ? value : null;
    }

    private static string Parameter(string property)
    {
        var name = Names.Camel(property);
        return OtherParameters.Contains(name) ? "key" : Names.Escaped(name);
    }
}
