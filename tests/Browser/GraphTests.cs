using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Projection;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Browser;

/// <summary>kuzu-wasm shows what the native engine shows.</summary>
public sealed class GraphTests(Site site)
{
    private const int Batches = 25;

    /// <summary>As text, because a result in a browser has times to the millisecond only.</summary>
    [Fact]
    public async Task Every_type_of_value()
    {
        foreach (var values in ValueCase.All)
        {
            var type = TypeOf(values.Plain, values.Optional, values.Set);
            await using var shown = await Shown.OpenAsync(SchemaOf(type));
            await using var there = await OpenAsync(SchemaOf(type));
            await ApplyAsync(shown, there, Kuzu.Projection.Entities.Batch(1, Enumerable.Range(0, values.Count).Select(i => WithValues(type, values, i)).Append(Kuzu.Projection.Entities.Unwritten(type, Id(type, -1)))));
            await AssertSameAsync(shown, there, "MATCH (e:Thing) RETURN e.id, CAST(e.plain AS STRING), CAST(e.maybe AS STRING), e.items ORDER BY e.id");
            await ApplyAsync(shown, there, Kuzu.Projection.Entities.Batch(2, updated: Enumerable.Range(0, values.Count).Select(i => WithValues(type, values, (i + 1) % values.Count, i))));
            await AssertSameAsync(shown, there, "MATCH (e:Thing) RETURN e.id, CAST(e.plain AS STRING), CAST(e.maybe AS STRING), e.items ORDER BY e.id");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_comes_and_goes(int seed)
    {
        var (dice, town) = (new Random(seed), new MovingTown());
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await using var there = await OpenAsync(Town.Schema);
        for (var watermark = 1; watermark <= Batches; watermark++)
        {
            await ApplyAsync(shown, there, town.Next(watermark, dice));
            var lines = new List<string>();
            foreach (var query in (string[])["MATCH (p:Person) RETURN p.Id, p.Name ORDER BY p.Id", "MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'knows', a.Id, b.Id, k.Since ORDER BY a.Id, b.Id"])
                lines.AddRange((await there.CallAsync<string>("Ask", query)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace('|', ' ')));
            Assert.Equal(town.Dump(), lines);
        }
    }

    [Fact]
    public async Task A_query_that_would_write_or_fails_says_so_and_the_next_one_is_answered()
    {
        await using var there = await OpenAsync(Town.Schema);
        foreach (var (query, reason) in new[] { ("CREATE (:Person {Id: 1})", "read"), ("MATCH (p:Nobody) RETURN p", "Nobody"), ("COMMIT", "for it to say"), ("RETURN 1; nonsense", "The query failed") })
        {
            var error = await Assert.ThrowsAsync<Microsoft.Playwright.PlaywrightException>(() => there.CallAsync<string>("Ask", query));
            Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("0", await there.CallAsync<string>("Ask", "MATCH (p:Person) RETURN count(*)"));
        }
    }

    [Fact]
    public async Task A_query_that_runs_too_long_is_stopped()
    {
        await using var there = await OpenAsync(Town.Schema);
        var error = await Assert.ThrowsAsync<Microsoft.Playwright.PlaywrightException>(
            () => there.CallAsync<string>("Ask", "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100) AS c WITH a + b * c AS x WHERE x % 7 = 3 RETURN sum(x)"));
        Assert.Contains("ran longer than 20 s", error.Message, StringComparison.Ordinal);
    }

    private async Task<SuitePage> OpenAsync(GraphSchema schema)
    {
        var page = await SuitePage.OpenAsync(await site.OpenAsync());
        var writer = new WireWriter(256);
        schema.Write(ref writer);
        Assert.Equal(0, await page.CallAsync<int>("OpenGraph", Convert.ToBase64String(writer.Finish())));
        return page;
    }

    private static async Task ApplyAsync(Shown shown, SuitePage there, ProjectionBatch batch)
    {
        await shown.Projection.ApplyAsync(batch);
        await there.CallAsync("Apply", Convert.ToBase64String(Write(batch)));
    }

    private static async Task AssertSameAsync(Shown shown, SuitePage there, string query)
    {
        var here = (await shown.RowsAsync(query)).Select(row => string.Join('|', row.Values.Select(value => value ?? "NULL")));
        Assert.Equal(string.Join('\n', here), await there.CallAsync<string>("Ask", query));
    }

    private static ProjectedEntity WithValues(EntityType type, ValueCase values, int index, int? id = null)
    {
        var (plain, maybe, items) = (values.Register(values.Plain), values.Register(values.Optional), values.NewSet());
        return Kuzu.Projection.Entities.Written(type, Id(type, id ?? index), Ordered(plain, maybe, items), () =>
        {
            values.Write(plain, index);
            values.Write(maybe, index);
            if (values.IsShort(index)) values.Add(items, index);
        });
    }

    private static byte[] Write(ProjectionBatch batch)
    {
        var writer = new WireWriter(1024);
        writer.WriteVarint((ulong)batch.Watermark!.Value);
        foreach (var ids in (IReadOnlyList<EntityId>[])[batch.DeletedRelationships, batch.DeletedNodes]) Write(ref writer, [.. ids.Select(id => new ProjectedEntity(id, default))]);
        foreach (var entities in (IReadOnlyList<ProjectedEntity>[])[batch.CreatedNodes, batch.UpdatedNodes, batch.CreatedRelationships, batch.UpdatedRelationships]) Write(ref writer, entities);
        return writer.Finish();
    }

    private static void Write(ref WireWriter writer, IReadOnlyList<ProjectedEntity> entities)
    {
        writer.WriteVarint((ulong)entities.Count);
        foreach (var entity in entities)
        {
            writer.WriteBlock(entity.Id.Bytes);
            writer.WriteBlock(entity.State.Span);
        }
    }
}
