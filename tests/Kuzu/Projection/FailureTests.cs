using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>A batch is written whole, with its watermark, or not at all.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task Trap_8_a_refused_batch_leaves_rows_and_watermark_as_they_were(int more)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1, "Ann"), Town.PersonOf(2, "Bob"), Town.KnowsOf(1, 2, 1), Town.PaidOf(1, 2, 1, 1)]));
        var before = await shown.DumpAsync();
        var others = Enumerable.Range(1000, more).ToList();
        var error = await Assert.ThrowsAsync<ProjectionException>(async () => await shown.Projection.ApplyAsync(Entities.Batch(
            2,
            created: [Town.PersonOf(3), .. others.Select(id => Town.PersonOf(id)), Town.PersonOf(1, "twice"), Town.KnowsOf(1, 3, 9), .. others.Select(id => Town.KnowsOf(id, 1, id))],
            updated: [Town.PersonOf(2, "changed"), Town.PaidOf(1, 2, 1, 99)],
            deleted: [Town.Between(Town.Knows, 1, 2)])));
        Assert.Contains("duplicated primary key", error.Message);
        Assert.IsType<KuzuException>(error.InnerException);
        Assert.Equal(before, await shown.DumpAsync());
        Assert.Equal(1, await shown.ReopenAsync(Town.Schema));
        Assert.Equal(before, await shown.DumpAsync());
        Assert.Empty(shown.SetAside);

        await shown.Projection.ApplyAsync(Entities.Batch(2, [Town.PersonOf(3)], updated: [Town.PersonOf(2, "changed")]));
        Assert.Equal(["1 Ann", "2 changed", "3 -", "knows 1 2 1", "paid 1 2 1 1"], await shown.DumpAsync());
    }

    [Fact]
    public async Task A_batch_with_a_state_that_cannot_be_read_changes_nothing()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1, "Ann")]));
        await Assert.ThrowsAsync<ProjectionException>(async () => await shown.Projection.ApplyAsync(
            Entities.Batch(2, [Town.PersonOf(2), new ProjectedEntity(Town.PersonId(3), new byte[] { 0xFF })], deleted: [Town.PersonId(1)])));
        Assert.Equal(["1 Ann"], await shown.DumpAsync());
        Assert.Equal(1, await shown.ReopenAsync(Town.Schema));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_relationship_without_its_ends_and_rows_that_are_not_there_are_passed_over(int count)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        var ids = Enumerable.Range(10, count).ToList();
        await shown.Projection.ApplyAsync(Entities.Batch(
            1,
            created: [Town.PersonOf(1), .. ids.Select(id => Town.KnowsOf(1, id, 1))],
            updated: ids.Select(id => Town.PersonOf(id, "nobody")),
            deleted: ids.SelectMany(id => new[] { Town.PersonId(id), Town.Between(Town.Follows, 1, id) })));
        Assert.Equal(["1 -"], await shown.DumpAsync());
    }

    // A folder where the engine wants to put its shadow file lets the checkpoint fail, after the commit. Opening the database removes it.
    [Fact]
    public async Task A_checkpoint_that_fails_for_any_other_reason_does_not_fail_its_batch_either()
    {
        var options = ScratchFolder.Small with { CheckpointThreshold = 1 };
        await using var shown = await Shown.OpenAsync(Town.Schema, options);
        var shadow = shown.File + ".shadow";
        File.Delete(shadow);
        Directory.CreateDirectory(Path.Combine(shadow, "taken"));
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1)]));
        await shown.Projection.ApplyAsync(Entities.Batch(2, [Town.PersonOf(2)]));
        Assert.Equal(2, await shown.ReopenAsync(Town.Schema, options));
        Assert.Equal(["1 -", "2 -"], await shown.DumpAsync());
    }
}
