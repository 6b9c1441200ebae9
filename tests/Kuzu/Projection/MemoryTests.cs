using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What a buffer pool that is too small does: statements, and parts of a rebuild, are made smaller.</summary>
public sealed class MemoryTests
{
    private const int Many = 5_000;

    private static readonly string Text = new('x', 1_000);

    private static KuzuOptions Tight => ScratchFolder.Small with { BufferPoolSize = 16UL << 20 };

    [Fact]
    public async Task A_batch_that_fills_the_pool_goes_in_by_smaller_statements()
    {
        using (var folder = new ScratchFolder())
        using (var database = folder.Open(Tight))
        using (var connection = database.Connect())
        {
            var table = new TableShape(Town.Person);
            connection.Execute(table.Ddl);
            Assert.Equal(KuzuErrorReason.BufferPoolFull, FailureOf(connection, table.Create(byKey: false)));
        }

        await using var shown = await Shown.OpenAsync(Town.Schema, Tight);
        await shown.Projection.ApplyAsync(Entities.Batch(1, Enumerable.Range(0, Many).Select(id => Town.PersonOf(id, Text))));
        Assert.Equal((long)Many, await shown.ValueAsync("MATCH (p:Person) WHERE size(p.Name) = 1000 RETURN count(*)"));
        Assert.Equal(1, await shown.ReopenAsync(Town.Schema));
    }

    // A transaction holds all that it writes in the pool. Only a rebuild may be cut into several.
    [Fact]
    public async Task A_rebuild_that_fills_the_pool_goes_in_by_smaller_transactions_and_a_batch_is_refused_whole()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, Tight);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(-1)]));
        var people = Enumerable.Range(0, 4 * Many).Select(id => Town.PersonOf(id, Text)).ToList();
        var error = await Assert.ThrowsAsync<ProjectionException>(async () => await shown.Projection.ApplyAsync(Entities.Batch(2, people)));
        Assert.Equal(KuzuErrorReason.BufferPoolFull, Assert.IsType<KuzuException>(error.InnerException).Reason);
        Assert.Equal(["-1 -"], await shown.DumpAsync());
        Assert.Equal(1, await shown.ReopenAsync(Town.Schema, Tight));

        await shown.Projection.ResetAsync();
        await shown.Projection.ApplyAsync(Entities.Batch(null, people.Take(2 * Many)));
        Assert.True(await shown.ReopenAsync(Town.Schema, Tight) < 0);
        var relationships = Enumerable.Range(1, Many).Select(id => Town.KnowsOf(id, 4 * Many - id, id));
        await shown.Projection.ApplyAsync(Entities.Batch(2, people.Skip(2 * Many).Concat(relationships)));
        Assert.Equal(2, await shown.ReopenAsync(Town.Schema));
        Assert.Equal(4L * Many, await shown.ValueAsync("MATCH (p:Person) WHERE size(p.Name) = 1000 RETURN count(*)"));
        Assert.Equal((long)Many, await shown.ValueAsync($"MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE a.Id + b.Id = {4 * Many} RETURN count(*)"));
    }

    // The engine takes back what a transaction updated for want of memory, but not all marks that it did, until the database is closed.
    [Fact]
    public async Task Rows_of_a_batch_that_filled_the_pool_can_be_updated_afterwards()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, Tight);
        for (var part = 0; part < 4; part++)
            await shown.Projection.ApplyAsync(Entities.Batch(part + 1, Enumerable.Range(part * Many, Many).Select(id => Town.PersonOf(id, "short"))));
        var dice = new Random(1);
        for (var watermark = 5; watermark < 105; watermark++)
        {
            var known = Enumerable.Range(0, 1_000).Select(_ => dice.Next(4 * Many)).Distinct();
            await shown.Projection.ApplyAsync(Entities.Batch(watermark, updated: known.Select(id => Town.PersonOf(id, $"{watermark} {Text[..250]}"))));
        }

        Assert.Equal(104, await shown.ReopenAsync(Town.Schema));
    }

    [Fact]
    public async Task The_first_batch_of_an_empty_database_is_cut_like_a_rebuild()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, Tight);
        await shown.Projection.ApplyAsync(Entities.Batch(1, Enumerable.Range(0, 4 * Many).Select(id => Town.PersonOf(id, Text))));
        Assert.Equal(4L * Many, await shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
        Assert.Equal(1, await shown.ReopenAsync(Town.Schema));
    }

    // A join over the keys of a table holds all of them in memory: more than the pool has, once the table is large enough.
    [Fact]
    public async Task A_table_that_is_too_large_to_be_joined_is_written_through_its_index()
    {
        const int count = 200_000;
        await using var shown = await Shown.OpenAsync(Town.Schema);
        foreach (var part in Enumerable.Range(0, count).Chunk(20_000)) await shown.Projection.ApplyAsync(Entities.Batch(part[0] + 1, part.Select(id => Town.PersonOf(id))));
        await shown.CloseAsync();
        using (var database = KuzuDatabase.Open(shown.File, Tight))
        using (var connection = database.Connect())
            Assert.Equal(KuzuErrorReason.BufferPoolFull, FailureOf(connection, new TableShape(Town.Person).Update(byKey: false)!));
        File.Delete(shown.File + ".seal"); // The engine wrote to the file, so it isn't as the projection left it.
        await shown.ReopenAsync(Town.Schema, Tight);

        var some = Enumerable.Range(0, 100).Select(i => i * 1_000).ToList();
        await shown.Projection.ApplyAsync(Entities.Batch(count, some.Select(id => Town.KnowsOf(id, id + 1, 1)).Concat(some.Select(id => Town.PaidOf(id, id + 2, 3, 4)))));
        await shown.Projection.ApplyAsync(Entities.Batch(count + 1, updated: some.Select(id => Town.PersonOf(id, "changed")).Concat(some.Select(id => Town.KnowsOf(id, id + 1, 2)))));
        Assert.Equal(100L, await shown.ValueAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE a.Name = 'changed' AND b.Id = a.Id + 1 AND k.Since = 2 RETURN count(*)"));
        await shown.Projection.ApplyAsync(Entities.Batch(count + 2, deleted: some.Skip(50).Select(id => Town.PersonId(id)).Concat(some.Take(50).Select(id => Town.Between(Town.Paid, id, id + 2, 3)))));
        Assert.Equal(0L, await shown.ValueAsync("MATCH (:Person)-[p:PAID]->(:Person) RETURN count(*)"));
        Assert.Equal(count - 50L, await shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
    }

    private static KuzuErrorReason FailureOf(KuzuConnection connection, WriteStatement statement)
    {
        using var rows = new KuzuRows([.. statement.Fields]);
        for (var i = 0; i < Many; i++) rows.Append().Int64(i).String(Text);
        using var prepared = connection.Prepare(statement.Cypher);
        return Assert.Throws<KuzuException>(() => prepared.Bind("rows", rows).Execute()).Reason;
    }
}
