using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Looks at all annotated classes together, as a schema lists them.</summary>
internal static class GraphParser
{
    /// <summary>What a schema lists: each class once, nodes first, then relationships, each by name.</summary>
    public static GraphModel Parse(SchemaModel schema, IEnumerable<ListedModel> listed) => new(schema, new([.. Distinct(listed).Where(type => type.IsReachable)]));

    /// <summary>What keeps the classes from standing in one schema.</summary>
    public static ClashModel[] FindClashes(IReadOnlyList<SchemaModel> schemas, IEnumerable<ListedModel> listed)
    {
        if (schemas.Count == 0) return [];
        var types = Distinct(listed);
        return [.. OfSchemas(schemas), .. OfNames(types), .. OfReach(schemas[0], types)];
    }

    private static IEnumerable<ClashModel> OfSchemas(IReadOnlyList<SchemaModel> schemas)
    {
        for (var i = 1; i < schemas.Count; i++)
        {
            var (name, later) = (schemas[i].GraphName, schemas[i]);
            if (schemas.Take(i).FirstOrDefault(schema => schema.GraphName == name) is not { } earlier) continue;
            yield return Clash(later.MetadataName, Rules.SameSchemaName, earlier.MetadataName, later.MetadataName, name);
        }
    }

    private static IEnumerable<ClashModel> OfNames(ListedModel[] types)
    {
        for (var i = 1; i < types.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Names.Clash(types[j].DataName, types[i].DataName) is not { } clash) continue;
                yield return Clash(types[i].MetadataName, Rules.SameTypeName, types[j].MetadataName, types[i].MetadataName, clash);
                break;
            }
        }
    }

    private static IEnumerable<ClashModel> OfReach(SchemaModel schema, ListedModel[] types) =>
        types.Where(type => !type.IsReachable).Select(type => Clash(type.MetadataName, Rules.NotReachable, schema.MetadataName, type.MetadataName));

    private static ListedModel[] Distinct(IEnumerable<ListedModel> listed) =>
    [
        .. listed.Distinct()
            .OrderBy(type => type.IsRelationship)
            .ThenBy(type => type.DataName, StringComparer.Ordinal)
            .ThenBy(type => type.FullName, StringComparer.Ordinal),
    ];

    private static ClashModel Clash(string metadataName, DiagnosticDescriptor rule, params string[] arguments) =>
        new(metadataName, new(rule.Id, null, new(arguments)));
}
