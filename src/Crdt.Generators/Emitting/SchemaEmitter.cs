using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits the other part of a schema.</summary>
internal static class SchemaEmitter
{
    public static string Emit(GraphModel graph) => FileEmitter.Emit(graph.Schema.Declaration, "", writer =>
    {
        writer.Write($$"""
            /// <summary>The schema of all annotated classes of this project.</summary>
            public static global::Crdt.Schema.GraphSchema Instance => Listing.Instance;

            // A class of its own, so that it is there whatever static fields the user's part has.
            private static class Listing
            {
                public static readonly global::Crdt.Schema.GraphSchema Instance = new(
                    {{Literal.Of(graph.Schema.GraphName)}},
                    {{graph.Schema.Version}}{{string.Concat(graph.Types.Select(type => $",\n        {type.FullName}.EntityType"))}});
            }
            """);
    });
}
