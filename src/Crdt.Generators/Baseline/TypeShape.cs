using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;

namespace Crdt.Generators.Baseline;

/// <summary>What the data of a class looks like: all that replicas of different versions have to agree on.</summary>
/// <param name="Name">Its name in the data.</param>
/// <param name="Form">Whether it is a <see cref="Node"/> or a <see cref="Relationship"/>.</param>
/// <param name="Key">The type of its key; empty where it has none.</param>
/// <param name="Source">The type that a relationship starts from, by its name in the data; empty for a node.</param>
/// <param name="Target">The type that a relationship leads to.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Deletion">What becomes of an entity that is deleted and written to.</param>
/// <param name="Multiplicity">How many relationships of it a node can have; empty where any number.</param>
/// <param name="Ends">What becomes of a relationship when an end is deleted; empty where that hides it.</param>
/// <param name="Fields">What merges, by name.</param>
internal sealed record TypeShape(
    string Name, string Form, string Key, string Source, string Target, string Lane, string Deletion, string Multiplicity, string Ends,
    EquatableArray<FieldShape> Fields)
{
    public const string Node = "node";
    public const string Relationship = "relationship";

    /// <summary>The class by its name in metadata, where it comes from code.</summary>
    public string Class { get; init; } = "";

    /// <summary>Where it stands, where it comes from a baseline.</summary>
    public Place? Place { get; init; }

    /// <summary>The shape of a class; null where it has mistakes, so that not all of it is known.</summary>
    public static TypeShape? Of(EntityModel? entity)
    {
        if (entity is not { Placeholders.Count: 0 }) return null;
        var fields = entity.Fields.Select(Of).OrderBy(field => field.Name, StringComparer.Ordinal).ToArray();
        if (fields.Select(field => field.Name).Distinct().Count() != fields.Length) return null;
        var isNode = entity.Source is null;
        var shape = new TypeShape(
            entity.DataName,
            isNode ? Node : Relationship,
            entity.Key?.Value.Described ?? "",
            isNode ? "" : entity.Listed[1].DataName,
            isNode ? "" : entity.Listed[2].DataName,
            entity.Lane.Length == 0 ? "main" : entity.Lane,
            entity.UpdateWins ? "UpdateWins" : "DeleteWins",
            entity.Multiplicity,
            entity.OnEndDeleted,
            new(fields));
        return shape with { Class = entity.Listed[0].MetadataName };
    }

    private static FieldShape Of(FieldModel field)
    {
        // The bound is where the value starts, so it is as much a part of the data as the kind.
        var kind = field.Form == FieldForm.BoundedCounter ? FormattableString.Invariant($"{field.Form} from {field.Min}") : field.Form.ToString();
        var shape = new FieldShape(field.DataName, kind, field.Key?.Described ?? "", field.Value.Described);
        return shape with { Property = field.Property.Name.TrimStart('@') };
    }
}
