using Crdt.Projection;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What batches do to rows, be they few or many: the two are written by different statements.</summary>
public sealed class BatchTests
{
    /// <summary>How many further rows of each type a batch writes: none, or so many that its rows are joined.</summary>
    public static TheoryData<int> Sizes => [0, 100];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Rows_are_created_updated_and_deleted(int more)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [
            Town.PersonOf(1, "Ann"), Town.PersonOf(2, "Bob"), Town.PersonOf(3), Town.KnowsOf(1, 2, 1999), Town.KnowsOf(2, 1, 2000), Town.FollowsOf(1, 3), .. More(more)]));
        Assert.Equal(["1 Ann", "2 Bob", "3 -", "follows 1 3", "knows 1 2 1999", "knows 2 1 2000"], await FirstAsync(shown));

        await shown.Projection.ApplyAsync(Entities.Batch(2, updated: [Town.PersonOf(1, "Anna"), Town.PersonOf(2), Town.KnowsOf(1, 2, 2005), Town.FollowsOf(1, 3), .. More(more)]));
        Assert.Equal(["1 Anna", "2 -", "3 -", "follows 1 3", "knows 1 2 2005", "knows 2 1 2000"], await FirstAsync(shown));

        await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: [Town.Between(Town.Knows, 2, 1), Town.PersonId(3), .. More(more).Select(entity => entity.Id)]));
        Assert.Equal(["1 Anna", "2 -", "knows 1 2 2005"], await shown.DumpAsync());
        Assert.Equal(3, await shown.ReopenAsync(Town.Schema));
        Assert.Equal(["1 Anna", "2 -", "knows 1 2 2005"], await shown.DumpAsync());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Parallel_relationships_are_told_apart_by_their_discriminators(int more)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [
            Town.PersonOf(1), Town.PersonOf(2), Town.PaidOf(1, 2, 1, 10), Town.PaidOf(1, 2, 2, 20), Town.PaidOf(2, 1, 1, 30), Town.VisitedOf(1, 2, -5), Town.VisitedOf(1, 2, 6), .. More(more)]));
        await shown.Projection.ApplyAsync(Entities.Batch(2, updated: [Town.PaidOf(1, 2, 2, 21), Town.VisitedOf(1, 2, 6), .. More(more)]));
        await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: [
            Town.Between(Town.Paid, 1, 2, 1), Town.Between(Town.Visited, 1, 2, -5), .. More(more).Where(entity => entity.Id.IsRelationship).Select(entity => entity.Id)]));
        Assert.Equal(["1 -", "2 -", "paid 1 2 2 21", "paid 2 1 1 30", "visited 1 2 6"], await FirstAsync(shown));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_node_can_be_connected_to_itself(int more)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1), Town.PersonOf(2), Town.KnowsOf(1, 1, 1), Town.KnowsOf(2, 2, 2), Town.PaidOf(1, 1, 7, 70), .. More(more)]));
        await shown.Projection.ApplyAsync(Entities.Batch(2, updated: [Town.KnowsOf(1, 1, 11), Town.PaidOf(1, 1, 7, 71)], deleted: [Town.Between(Town.Knows, 2, 2)]));
        Assert.Equal(["1 -", "2 -", "knows 1 1 11", "paid 1 1 7 71"], await FirstAsync(shown));
        await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: [Town.PersonId(1), .. More(more).Select(entity => entity.Id)]));
        Assert.Equal(["2 -"], await shown.DumpAsync());
    }

    [Fact]
    public async Task A_deleted_node_takes_all_its_relationships_along()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [
            .. Enumerable.Range(1, 100).Select(id => Town.PersonOf(id)),
            .. Enumerable.Range(2, 99).SelectMany(id => new[] { Town.KnowsOf(1, id, id), Town.FollowsOf(id, 1), Town.PaidOf(1, id, 1, 1) })]));
        await shown.Projection.ApplyAsync(Entities.Batch(2, deleted: [Town.PersonId(1)]));
        Assert.Equal(Enumerable.Range(2, 99).Select(id => $"{id} -"), await shown.DumpAsync());

        await shown.Projection.ApplyAsync(Entities.Batch(3, [Town.PersonOf(1, "again"), Town.KnowsOf(1, 2, 3)]));
        Assert.Equal(["1 again", "knows 1 2 3"], (await shown.DumpAsync()).Except(Enumerable.Range(2, 99).Select(id => $"{id} -")));
    }

    [Fact]
    public async Task One_batch_does_everything_at_once()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1), Town.PersonOf(2), Town.PersonOf(3), Town.KnowsOf(1, 2, 1), Town.KnowsOf(2, 3, 2), Town.PaidOf(3, 1, 1, 1)]));
        await shown.Projection.ApplyAsync(Entities.Batch(
            2,
            created: [Town.PersonOf(4, "new"), Town.KnowsOf(1, 4, 4), Town.FollowsOf(4, 4)],
            updated: [Town.PersonOf(1, "changed"), Town.PaidOf(3, 1, 1, 9)],
            deleted: [Town.Between(Town.Knows, 1, 2), Town.PersonId(2)]));
        Assert.Equal(["1 changed", "3 -", "4 new", "knows 1 4 4", "follows 4 4", "paid 3 1 1 9"], await shown.DumpAsync());
    }

    [Fact]
    public async Task A_batch_takes_tens_of_thousands_of_rows()
    {
        const int count = 20_000;
        await using var shown = await Shown.OpenAsync(Town.Schema);
        var people = Enumerable.Range(0, count).ToList();
        await shown.Projection.ApplyAsync(Entities.Batch(1, people.Select(id => Town.PersonOf(id, $"n{id}"))));
        await shown.Projection.ApplyAsync(Entities.Batch(2, people.Select(id => Town.KnowsOf(id, (id + 1) % count, id))));
        await shown.Projection.ApplyAsync(Entities.Batch(3, updated: people.Select(id => Town.KnowsOf(id, (id + 1) % count, -id)).Concat(people.Select(id => Town.PersonOf(id, $"m{id}")))));
        Assert.Equal((long)count, await shown.ValueAsync(
            "MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE k.Since = -a.Id AND (b.Id = a.Id + 1 OR b.Id = 0) AND a.Name = concat('m', CAST(a.Id AS STRING)) RETURN count(*)"));
        await shown.Projection.ApplyAsync(Entities.Batch(4, deleted: people.Where(id => id % 2 == 0).Select(id => Town.PersonId(id))));
        Assert.Equal(count / 2L, await shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
        Assert.Equal(0L, await shown.ValueAsync("MATCH (:Person)-[k:KNOWS]->(:Person) RETURN count(*)"));
    }

    [Fact]
    public async Task An_empty_batch_moves_the_watermark()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(17));
        Assert.Equal(17, await shown.ReopenAsync(Town.Schema));
    }

    /// <summary>Rows from 1000 on, which <see cref="FirstAsync"/> leaves out.</summary>
    private static IEnumerable<ProjectedEntity> More(int count)
    {
        var ids = Enumerable.Range(1000, count).ToList();
        return ids.Select(id => Town.PersonOf(id, "more")).Concat(ids.SelectMany(id => new[]
        {
            Town.KnowsOf(id, 1000, id), Town.FollowsOf(1000, id), Town.PaidOf(id, 1000, 1, id), Town.VisitedOf(id, 1000, 2000),
        }));
    }

    private static async Task<List<string>> FirstAsync(Shown shown) =>
        [.. (await shown.DumpAsync()).Where(line => !line.EndsWith("more", StringComparison.Ordinal) && !line.Contains(" 1000", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
