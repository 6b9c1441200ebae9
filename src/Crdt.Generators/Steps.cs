namespace Crdt.Generators;

/// <summary>The names under which the steps of the pipeline are tracked.</summary>
internal static class Steps
{
    public const string Nodes = nameof(Nodes);
    public const string Relationships = nameof(Relationships);
    public const string Records = nameof(Records);
    public const string Schemas = nameof(Schemas);
    public const string Results = nameof(Results);
    public const string Strays = nameof(Strays);
    public const string NodeModels = nameof(NodeModels);
    public const string RelationshipModels = nameof(RelationshipModels);
    public const string SchemaModels = nameof(SchemaModels);
    public const string ResultModels = nameof(ResultModels);
    public const string Listed = nameof(Listed);
    public const string Graphs = nameof(Graphs);
    public const string Clashes = nameof(Clashes);
    public const string NodeFindings = nameof(NodeFindings);
    public const string RelationshipFindings = nameof(RelationshipFindings);
    public const string SchemaFindings = nameof(SchemaFindings);
    public const string ResultFindings = nameof(ResultFindings);
    public const string TypeShapes = nameof(TypeShapes);
    public const string Shapes = nameof(Shapes);
    public const string Baselines = nameof(Baselines);
    public const string BaselineRequests = nameof(BaselineRequests);
    public const string BaselineSources = nameof(BaselineSources);
    public const string Differences = nameof(Differences);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Nodes, Relationships, Records, Schemas, Results, Strays, NodeModels, RelationshipModels, SchemaModels, ResultModels, Listed, Graphs, Clashes,
        NodeFindings, RelationshipFindings, SchemaFindings, ResultFindings, TypeShapes, Shapes, Baselines, BaselineRequests, BaselineSources, Differences,
    ];
}
