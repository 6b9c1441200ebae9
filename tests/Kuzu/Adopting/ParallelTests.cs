namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>Relationships with the same ends are numbered by what they hold, so that copies of a database agree.</summary>
public sealed class ParallelTests
{
    private static readonly string[] Tables =
    [
        "CREATE NODE TABLE A(id INT64, PRIMARY KEY(id))", "CREATE REL TABLE R(FROM A TO A, ordinal STRING, n INT64)", "CREATE REL TABLE Lone(FROM A TO A)",
        "CREATE (a:A {id: 1}), (b:A {id: 2}), (a)-[:Lone]->(b), (b)-[:Lone]->(a)",
    ];

    [Fact]
    public async Task Their_order_of_creation_does_not_matter()
    {
        using var one = Source.Of([.. Tables, .. Between(1, 2, "'x'", "NULL", "'y'", "'x'"), .. Between(2, 1, "'z'")]);
        using var other = Source.Of([.. Tables, .. Between(2, 1, "'z'"), .. Between(1, 2, "'x'", "'x'", "'y'", "NULL")]);
        await using var left = await one.AdoptAsync();
        await using var right = await other.AdoptAsync();
        const string query = "MATCH (a:A)-[e:R]->(b:A) RETURN a.id, b.id, e.ordinal_, e.ordinal, e.n ORDER BY a.id, e.ordinal_";
        Assert.Equal(["1|2|1|'x'|1", "1|2|2|'x'|1", "1|2|3|'y'|1", "1|2|4|NULL|1", "2|1|1|'z'|1"], await left.Replica.TextsAsync(query));
        Assert.Equal(await left.Replica.DumpAsync(), await right.Replica.DumpAsync());
        Assert.Equal("R with the key ordinal_", Assert.Single(left.Notes).Becomes);
        await left.Replica.SyncAsync(right.Replica);
        Assert.Empty(await left.Replica.ConflictsAsync().ToListAsync());
        Assert.Equal(["5"], await right.Replica.TextsAsync("MATCH ()-[e:R]->() RETURN count(*)"));
        Assert.True((await right.Replica.VerifyAsync()).IsClean);
    }

    private static IEnumerable<string> Between(int from, int to, params string[] values) =>
        values.Select(value => $"MATCH (a:A {{id: {from}}}), (b:A {{id: {to}}}) CREATE (a)-[:R {{ordinal: {value}, n: 1}}]->(b)");
}
