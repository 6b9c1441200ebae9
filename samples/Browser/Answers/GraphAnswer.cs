using Crdt.Entities;
using Crdt.Projection;
using Crdt.Queries;
using Crdt.Samples.Browser.Model;
using Crdt.Schema;
using Crdt.Sync;

namespace Crdt.Samples.Browser.Answers;

/// <summary>The graph as it is drawn.</summary>
/// <param name="Nodes">Its nodes, at most <see cref="MostOfAKind"/> people and as many places.</param>
/// <param name="Edges">What connects them.</param>
/// <param name="Count">How many nodes there are.</param>
internal sealed record GraphAnswer(GraphAnswer.Node[] Nodes, GraphAnswer.Edge[] Edges, long Count)
{
    private const int MostEdges = 1000;

    /// <summary>More would be drawn as a ball of wool.</summary>
    private const int MostOfAKind = 200;

    // All statements see one state of the graph. What a set holds is an array in JSON there, which rows of one's own types read.
    private static readonly string Query = $"""
        MATCH (p:Person) RETURN p.Id AS Id, p.Name AS Name, p.Tags AS Tags ORDER BY Name, Id LIMIT {MostOfAKind};
        MATCH (p:Place) RETURN p.Id AS Id, p.Name AS Name, p.Stock AS Stock ORDER BY Name, Id LIMIT {MostOfAKind};
        MATCH (p:Person)-[:KNOWS]->(q:Person) RETURN p.Id AS Source, q.Id AS Target ORDER BY Source, Target LIMIT {MostEdges};
        MATCH (p:Person)-[:LIVES_IN]->(q:Place) RETURN p.Id AS Source, q.Id AS Target ORDER BY Source, Target LIMIT {MostEdges};
        MATCH (n:Person:Place) RETURN count(*) AS Count
        """;

    public static async Task<GraphAnswer> OfAsync(GraphReplica replica)
    {
        await using var results = replica.QueryManyAsync(Query).GetAsyncEnumerator();
        var people = await NextAsync<PersonRow>(results);
        var places = await NextAsync<PlaceRow>(results);
        var knows = await NextAsync<EndsRow>(results);
        var lives = await NextAsync<EndsRow>(results);
        var counted = await NextAsync<CountRow>(results);
        Node[] nodes =
        [
            .. people.Select(row => new Node(IdOf(Person.EntityType, row.Id), "person", row.Name ?? "", [.. row.Tags.Order(StringComparer.Ordinal)], 0)),
            .. places.Select(row => new Node(IdOf(Place.EntityType, row.Id), "place", row.Name ?? "", [], row.Stock)),
        ];
        var drawn = nodes.Select(node => node.Id).ToHashSet();
        var edges = knows.Select(row => new Edge("knows", IdOf(Person.EntityType, row.Source), IdOf(Person.EntityType, row.Target)))
            .Concat(lives.Select(row => new Edge("lives in", IdOf(Person.EntityType, row.Source), IdOf(Place.EntityType, row.Target))));
        return new(nodes, [.. edges.Where(edge => drawn.Contains(edge.Source) && drawn.Contains(edge.Target))], counted[0].Count);
    }

    private static async Task<List<T>> NextAsync<T>(IAsyncEnumerator<GraphResult> results)
        where T : IQueryResult<T>
    {
        await results.MoveNextAsync();
        return [.. results.Current.RowsAs<T>()];
    }

    private static string IdOf(EntityType type, string key) => EntityId.Node(type, key).ToString();

    internal sealed record Node(string Id, string Kind, string Name, string[] Tags, long Stock);

    internal sealed record Edge(string Kind, string Source, string Target);
}
