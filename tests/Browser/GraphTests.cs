using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Projection;
using static Crdt.Tests.Kuzu.Projection.Things;
using Made = Crdt.Tests.Kuzu.Projection.Entities;

namespace Crdt.Tests.Browser;

/// <summary>kuzu-wasm shows what the native engine shows.</summary>
public sealed class GraphTests(Site site)
{
    private const int Batches = 25;

    /// <summary>As text, because a result in a browser has times to the millisecond only.</summary>
    [Fact]
    public async Task Every_type_of_value()
    {
        await using var there = await SuitePage.OpenAsync(await site.OpenAsync());
        foreach (var values in ValueCase.All)
        {
            var type = TypeOf(values.Plain, values.Optional, values.Set);
            await using var shown = await Shown.OpenAsync(SchemaOf(type));
            await OpenAsync(there, SchemaOf(type));
            await ApplyAsync(shown, there, Made.Batch(1, Enumerable.Range(0, values.Count).Select(i => WithValues(type, values, i)).Append(Made.Unwritten(type, Id(type, -1)))));
            await AssertSameAsync(shown, there, "MATCH (e:Thing) RETURN e.id, CAST(e.plain AS STRING), CAST(e.maybe AS STRING), e.items ORDER BY e.id");
            await ApplyAsync(shown, there, Made.Batch(2, updated: Enumerable.Range(0, values.Count).Select(i => WithValues(type, values, (i + 1) % values.Count, i))));
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
                lines.AddRange((await AskAsync(there, query)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace('|', ' ')));
            Assert.Equal(town.Dump(), lines);
        }
    }

    [Fact]
    public async Task Values_come_in_the_types_that_others_come_in_as_well()
    {
        await using var there = await OpenAsync(Town.Schema);
        var types = await there.CallAsync<string>("AskTypes", "RETURN 1, 9223372036854775807, CAST(9223372036854775808 AS INT128), 1.0, CAST('NaN' AS DOUBLE), 'a', true, NULL, [1], CAST('\\\\x01' AS BLOB), CAST('2024-02-29' AS DATE)");
        Assert.Equal("Int64 Int64 Int128 Double Double String Boolean null List`1 Byte[] DateTime", types);
    }

    [Fact]
    public async Task Parameters_are_what_they_are_in_csharp()
    {
        await using var there = await OpenAsync(Town.Schema);
        Assert.Equal("0.5|-inf|True|True|\\x00\\xFF|2024-02-29|2024-02-29 01:02:03.456789|9223372036854775807|-6|$whole|$whole|NULL|UUID", await there.CallAsync<string>("AskParameters"));
    }

    /// <summary>A decoder takes it for a byte order mark, unless it is told that there is none.</summary>
    [Fact]
    public async Task A_key_that_begins_with_a_byte_order_mark_keeps_it()
    {
        var type = new EntityType("Thing", "Thing", EntityType.MainLane, new("id", ValueKind.Text, "id"), null, null);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await using var there = await OpenAsync(SchemaOf(type));
        await ApplyAsync(shown, there, Made.Batch(1, [Made.Unwritten(type, EntityId.Node(type, "\uFEFFann")), Made.Unwritten(type, EntityId.Node(type, "ann"))]));
        await AssertSameAsync(shown, there, "MATCH (e:Thing) RETURN e.id ORDER BY e.id");
    }

    [Fact]
    public async Task A_query_that_would_write_or_fails_says_so_and_the_next_one_is_answered()
    {
        await using var there = await OpenAsync(Town.Schema);
        foreach (var (query, reason) in new[] { ("CREATE (:Person {Id: 1})", "read"), ("MATCH (p:Nobody) RETURN p", "Nobody"), ("COMMIT", "for it to say"), ("RETURN 1; nonsense", "The query failed") })
        {
            var error = await Assert.ThrowsAsync<Microsoft.Playwright.PlaywrightException>(() => AskAsync(there, query));
            Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("0", await AskAsync(there, "MATCH (p:Person) RETURN count(*)"));
        }
    }

    [Fact]
    public async Task A_result_of_too_many_rows_is_refused_and_the_engine_goes_on()
    {
        await using var there = await OpenAsync(Town.Schema);
        var error = await Assert.ThrowsAsync<Microsoft.Playwright.PlaywrightException>(() => AskAsync(there, "UNWIND range(1, 250001) AS x RETURN x"));
        Assert.Contains("It has 250001 rows", error.Message, StringComparison.Ordinal);
        Assert.Equal("250000", await AskAsync(there, "UNWIND range(1, 250000) AS x RETURN count(x)"));
    }

    [Fact]
    public async Task A_query_that_runs_too_long_is_stopped()
    {
        await using var there = await OpenAsync(Town.Schema);
        var error = await Assert.ThrowsAsync<Microsoft.Playwright.PlaywrightException>(
            () => there.CallAsync<string>("Ask", "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100) AS c WITH a + b * c AS x WHERE x % 7 = 3 RETURN sum(x)", 1));
        Assert.Contains("ran longer than 1 s", error.Message, StringComparison.Ordinal);
    }

    private async Task<SuitePage> OpenAsync(GraphSchema schema)
    {
        var page = await SuitePage.OpenAsync(await site.OpenAsync());
        await OpenAsync(page, schema);
        return page;
    }

    private static async Task OpenAsync(SuitePage page, GraphSchema schema)
    {
        var writer = new WireWriter(256);
        schema.Write(ref writer);
        Assert.Equal(0, await page.CallAsync<int>("OpenGraph", Convert.ToBase64String(writer.Finish())));
    }

    private static Task<string> AskAsync(SuitePage there, string query) => there.CallAsync<string>("Ask", query, 20);

    private static async Task ApplyAsync(Shown shown, SuitePage there, ProjectionBatch batch)
    {
        await shown.Projection.ApplyAsync(batch);
        await there.CallAsync("Apply", Convert.ToBase64String(Write(batch)));
    }

    private static async Task AssertSameAsync(Shown shown, SuitePage there, string query)
    {
        var here = (await shown.RowsAsync(query)).Select(row => string.Join('|', row.Values.Select(value => value ?? "NULL")));
        Assert.Equal(string.Join('\n', here), await AskAsync(there, query));
    }

    private static ProjectedEntity WithValues(EntityType type, ValueCase values, int index, int? id = null)
    {
        var (plain, maybe, items) = (values.Register(values.Plain), values.Register(values.Optional), values.NewSet());
        return Made.Written(type, Id(type, id ?? index), Ordered(plain, maybe, items), () =>
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
