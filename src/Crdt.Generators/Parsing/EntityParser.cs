using System.Runtime.CompilerServices;
using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads a class marked as a node or a relationship.</summary>
internal static class EntityParser
{
    // A node is asked for again by every relationship that it is an end of. Symbols live as long as their compilation.
    private static readonly ConditionalWeakTable<AttributeData, Parsed<EntityModel>> Known = new();

    /// <summary>The model of the class, or its findings. A pure function of the symbols.</summary>
    public static Parsed<EntityModel> Parse(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation) =>
        Known.GetValue(attribute, _ => ParseAnew(type, attribute, cancellation));

    private static Parsed<EntityModel> ParseAnew(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
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
        var (fields, placeholders) = ParseFields(type, key?.Property.Name, names, findings, cancellation);
        ClashParser.RequireDistinct(type, findings);
        ReservedNames.RequireFree(type, annotation, findings);
        var name = Annotations.Text(attribute, "Name") ?? type.Name;
        if (!Names.IsDataName(name)) findings.AddToMember(Rules.InvalidName, Annotations.PlaceOf(attribute), name, $"'{type.Name}'");
        return new(
            declaration, name, Annotations.Text(attribute, "Lane") ?? "", Annotations.Number(attribute, "Deletion") == 1,
            MultiplicityOf(attribute), OnEndDeletedOf(attribute), Annotations.Flag(attribute, "Observable"), names.State, names.StateIsFree, names.Layout, key,
            ends.Source, ends.Target, Visibility.OfMembersWithEnds(type, attribute), fields, placeholders,
            RecordParser.Parse(type, annotation, findings), ListedParser.Parse(type, attribute));
    }

    private static string MultiplicityOf(AttributeData attribute) => Annotations.Number(attribute, "Multiplicity") switch
    {
        1 => "ManyOne",
        2 => "OneMany",
        3 => "OneOne",
        _ => "",
    };

    private static string OnEndDeletedOf(AttributeData attribute) => Annotations.Number(attribute, "OnEndDeleted") switch
    {
        1 => "Cascade",
        EndParser.Restore => "Restore",
        _ => "",
    };

    private static KeyModel? ParseKey(INamedTypeSymbol type, string annotation, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        var keys = Properties(type).Where(property => Annotations.Has(property, Annotations.Key)).ToArray();
        if (keys.Length == 0 && annotation == Annotations.Node) findings.Add(Rules.NoKey, Symbols.PlaceOf(type), type.Name);
        foreach (var more in keys.Skip(1)) findings.AddToMember(Rules.ManyKeys, Symbols.PlaceOf(more), type.Name, more.Name);
        foreach (var key in keys) UniqueParser.RequireAbsent(key, "is a key, which is unique already", findings);
        return keys.Length == 0 ? null : KeyParser.Parse(keys[0], names, findings, cancellation);
    }

    private static (EquatableArray<FieldModel> Fields, EquatableArray<PropertyModel> Placeholders) ParseFields(
        INamedTypeSymbol type, string? key, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        var fields = new List<FieldModel>();
        var placeholders = new List<PropertyModel>();
        foreach (var property in Properties(type).Where(property => Names.Escaped(property.Name) != key))
        {
            var attributes = property.GetAttributes().Where(Annotations.IsOnProperty).ToArray();
            if (attributes.Length == 0)
            {
                UniqueParser.RequireAbsent(property, "is no register whose last write wins", findings);
                continue;
            }

            if (ParseField(property, attributes, names, findings, cancellation) is { } field) fields.Add(field);
            else if (PropertyParser.Placeholder(property, cancellation) is { } placeholder) placeholders.Add(placeholder);
        }

        // Fields travel in the order of their numbers.
        return (new([.. fields.OrderBy(field => DataNumber.Of(field.DataName))]), new([.. placeholders]));
    }

    private static FieldModel? ParseField(
        IPropertySymbol property, AttributeData[] attributes, MemberNames names, Findings findings, CancellationToken cancellation)
    {
        var roles = attributes.Select(Annotations.NameOf).ToArray();
        if (roles.Length == 1) return roles[0] == Annotations.Key ? null : FieldParser.Parse(property, attributes[0], names, findings, cancellation);
        var type = property.ContainingType.Name;
        findings.AddToMember(
            Rules.ManyAnnotations, Symbols.PlaceOf(property), type, property.Name, Annotations.Shown(roles[0]), Annotations.Shown(roles[1]));
        return null;
    }

    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>();
}
