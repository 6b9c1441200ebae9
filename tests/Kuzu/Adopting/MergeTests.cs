using Crdt.Sync;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Databases that never knew of each other, of the same tables, become replicas of one graph.</summary>
public sealed class MergeTests
{
    private const string Person = "CREATE NODE TABLE Person(id INT64, name STRING, born DATE, tags STRING[], at STRUCT(x DOUBLE, y DOUBLE), PRIMARY KEY(id))";
    private const string Knows = "CREATE REL TABLE Knows(FROM Person TO Person, since INT64)";

    [Fact]
    public async Task What_is_equal_agrees_what_differs_is_listed_and_nothing_is_lost()
    {
        using var here = Source.Of(
            Person, Knows,
            "CREATE (a:Person {id: 1, name: 'Ann', born: date('1990-01-02'), tags: ['x', 'y'], at: {x: 0.5, y: 1.0}}), (b:Person {id: 2, name: 'Bob', tags: ['x']}), (c:Person {id: 3})",
            "MATCH (a:Person {id: 1}), (b:Person {id: 2}), (c:Person {id: 3}) CREATE (a)-[:Knows {since: 2000}]->(b), (b)-[:Knows {since: 2001}]->(c)");
        using var there = Source.Of(
            Knows.Insert(0, Person + ";"),
            "CREATE (:Person {id: 4, name: 'Dan'}), (:Person {id: 2, name: 'Robert', born: date('1991-01-02'), tags: ['x']}), (:Person {id: 1, name: 'Ann', born: date('1990-01-02'), tags: ['x', 'y'], at: {x: 0.5, y: 1.0}})",
            "MATCH (a:Person {id: 1}), (b:Person {id: 2}), (d:Person {id: 4}) CREATE (a)-[:Knows {since: 2005}]->(b), (b)-[:Knows {since: 2001}]->(d)");
        await using var left = await here.AdoptAsync("left");
        await using var right = await there.AdoptAsync("right");
        await left.Replica.SyncAsync(right.Replica);
        Assert.Equal(["Knows.since", "Person.name"], await ConflictsAsync(left.Replica));
        Assert.Equal(["Knows.since", "Person.name"], await ConflictsAsync(right.Replica));
        Assert.Equal(await left.Replica.DumpAsync(), await right.Replica.DumpAsync());
        Assert.Equal(
            ["1|'Ann'|1990-01-02", "2|'Robert'|1991-01-02", "3|NULL|NULL", "4|'Dan'|NULL"],
            await left.Replica.TextsAsync("MATCH (p:Person) RETURN p.id, p.name, p.born ORDER BY p.id"));
        Assert.Equal(["1|2", "2|3", "2|4"], await right.Replica.TextsAsync("MATCH (a:Person)-[:Knows]->(b:Person) RETURN a.id, b.id ORDER BY a.id, b.id"));
        Assert.True((await left.Replica.VerifyAsync()).IsClean && (await right.Replica.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Tables_of_many_pages_are_read_as_a_whole()
    {
        const int nodes = 20_000;
        using var source = Source.Of(
            "CREATE NODE TABLE N(id INT64, name STRING, PRIMARY KEY(id))",
            "CREATE REL TABLE Next(FROM N TO N, step INT64)",
            $"UNWIND range(1, {nodes}) AS i CREATE (:N {{id: i, name: concat('n', CAST(i AS STRING))}})",
            "MATCH (a:N) WITH a, a.id + 1 AS next MATCH (b:N) WHERE b.id = next CREATE (a)-[:Next {step: next}]->(b)",
            "MATCH (a:N) WHERE a.id % 2 = 0 DETACH DELETE a");
        source.Execute($"UNWIND range(1, {nodes}) AS i WITH i WHERE i % 4 = 0 CREATE (:N {{id: i, name: 'again'}})");
        await using var adoption = await source.AdoptAsync();
        const string sums = "MATCH (n:N) RETURN count(*), sum(n.id), count(DISTINCT n.name)";
        Assert.Equal(source.Rows(sums)[0], (await adoption.Replica.RowsAsync(sums))[0]);
        const string steps = "MATCH ()-[e:Next]->() RETURN count(*), sum(e.step)";
        Assert.Equal(source.Rows(steps)[0], (await adoption.Replica.RowsAsync(steps))[0]);
        Assert.Equal(15_000L, (await adoption.Replica.RowsAsync(sums))[0][0]);
    }

    private static async Task<List<string>> ConflictsAsync(GraphReplica replica) =>
        [.. (await replica.ConflictsAsync().ToListAsync()).Select(conflict => $"{conflict.Type.Name}.{conflict.Field?.Name}").Order(StringComparer.Ordinal)];
}
