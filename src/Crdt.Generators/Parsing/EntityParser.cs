using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads a class marked as a node or a relationship.</summary>
internal static class EntityParser
{
    /// <summary>The model of the class, or its findings. A pure function of the symbols.</summary>
    public static Parsed<EntityModel> Parse(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        var findings = new Findings();
        var model = Parse(type, attribute, findings, cancellation);
        return new(findings.AreFatal ? null : model, new(findings.ToArray()));
    }

    private static EntityModel? Parse(INamedTypeSymbol type, AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        var annotation = Annotations.NameOf(attribute);
        if (DeclarationParser.Parse(type, annotation, findings, cancellation) is not { } declaration) return null;
        var names = new MemberNames(type);
        var ends = annotation == Annotations.Relationship ? EndParser.Parse(type, attribute, findings, cancellation) : default;
        var key = ParseKey(type, annotation, names, findings, cancellation);
        var fields = ParseFields(type, names, findings, cancellation);
        ClashParser.RequireDistinct(type, findings);
        ReservedNames.RequireFree(type, annotation, findings);
        var name = Annotations.Text(attribute, "Name") ?? type.Name;
        if (!Names.IsDataName(name)) findings.Add(Rules.InvalidName, Annotations.PlaceOf(attribute), name, $"'{type.Name}'");
        return new(
            declaration, name, Annotations.Text(attribute, "Lane") ?? "", names.State, names.StateIsFree, names.Layout, key,
            ends.Source, ends.Target, Visibility.OfMembersWithEnds(type, attribute), fields, ListedParser.Parse(type, attribute));
    }

    private static KeyModel? ParseKey(INamedTypeSymbol type, string annotation, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        var keys = Properties(type).Where(property => Annotations.Has(property, Annotations.Key)).ToArray();
        if (keys.Length == 0 && annotation == Annotations.Node) findings.Add(Rules.NoKey, Symbols.PlaceOf(type), type.Name);
        foreach (var more in keys.Skip(1)) findings.Add(Rules.ManyKeys, Symbols.PlaceOf(more), type.Name, more.Name);
        return keys.Length == 0 ? null : KeyParser.Parse(keys[0], names, findings, cancellation);
    }

    private static EquatableArray<FieldModel> ParseFields(INamedTypeSymbol type, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        var fields = new List<FieldModel>();
        foreach (var property in Properties(type))
        {
            var attributes = property.GetAttributes().Where(Annotations.IsOnProperty).ToArray();
            if (attributes.Length > 1)
            {
                var (first, second) = (Annotations.NameOf(attributes[0]), Annotations.NameOf(attributes[1]));
                findings.Add(Rules.ManyAnnotations, Symbols.PlaceOf(property), type.Name, property.Name, Annotations.Shown(first), Annotations.Shown(second));
            }
            else if (attributes.Length == 1 && Annotations.NameOf(attributes[0]) != Annotations.Key
                && FieldParser.Parse(property, attributes[0], names, findings, cancellation) is { } field)
            {
                fields.Add(field);
            }
        }

        // Fields travel in the order of their numbers.
        return new([.. fields.OrderBy(field => DataNumber.Of(field.DataName))]);
    }

    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>();
}
