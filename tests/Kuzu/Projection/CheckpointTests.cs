using Crdt.Projection;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Checkpoints, which close the database and open it again, under what goes on meanwhile.</summary>
public sealed class CheckpointTests
{
    private static readonly Crdt.Kuzu.Binding.KuzuOptions AtEveryBatch = ScratchFolder.Small with { CheckpointThreshold = 1 };

    // In a database that stays open, the third round ends the process.
    [Fact]
    public async Task Relationships_come_and_go_between_checkpoints()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, ScratchFolder.Small with { CheckpointThreshold = 16 << 10 });
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1), Town.PersonOf(2)]));
        for (var round = 1; round <= 10; round++)
        {
            await shown.Projection.ApplyAsync(Entities.Batch(2 * round, [Town.FollowsOf(1, 2), Town.PaidOf(2, 1, round, 1)]));
            Assert.True(HasLog(shown));
            Assert.Equal(["follows 1 2", $"paid 2 1 {round} 1"], (await shown.DumpAsync()).Skip(2));
            var name = new string((char)('a' + round), 20_000);
            await shown.Projection.ApplyAsync(Entities.Batch(
                2 * round + 1, updated: [Town.PersonOf(1, name)], deleted: [Town.Between(Town.Follows, 1, 2), Town.Between(Town.Paid, 2, 1, round)]));
            Assert.False(HasLog(shown));
            Assert.Equal([$"1 {name}", "2 -"], await shown.DumpAsync());
        }

        Assert.Equal(21, await shown.ReopenAsync(Town.Schema));
    }

    [Fact]
    public async Task A_checkpoint_moves_the_log_into_the_file()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, AtEveryBatch);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1, "Ann")]));
        Assert.False(HasLog(shown));
        Assert.Equal(["1 Ann"], await shown.DumpAsync());
    }

    [Fact]
    public async Task Who_reads_on_sees_what_was_there_and_the_log_waits()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, AtEveryBatch);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1), Town.PersonOf(2)]));
        await using (var reader = shown.StreamAsync("MATCH (p:Person) RETURN p.Id ORDER BY p.Id").GetAsyncEnumerator())
        {
            Assert.True(await reader.MoveNextAsync());
            await shown.Projection.ApplyAsync(Entities.Batch(2, [Town.PersonOf(3)]));
            Assert.True(HasLog(shown));
            Assert.Equal(3, (await shown.DumpAsync()).Count);
            Assert.True(await reader.MoveNextAsync());
            Assert.False(await reader.MoveNextAsync());
        }

        await shown.Projection.ApplyAsync(Entities.Batch(3, [.. Enumerable.Range(4, 100).Select(id => Town.PersonOf(id))]));
        Assert.False(HasLog(shown));
        Assert.Equal(3, await shown.ReopenAsync(Town.Schema));
    }

    [Fact]
    public async Task Queries_that_come_during_checkpoints_wait_for_them()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, AtEveryBatch);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1)]));
        var writing = Task.Run(async () =>
        {
            for (var watermark = 2; watermark <= 30; watermark++) await shown.Projection.ApplyAsync(Entities.Batch(watermark, [Town.PersonOf(watermark)]));
        });
        var seen = 0L;
        while (!writing.IsCompleted)
        {
            var now = (long)(await shown.ValueAsync("MATCH (p:Person) RETURN count(*)"))!;
            Assert.InRange(now, Math.Max(seen, 1), 30);
            seen = now;
        }

        await writing;
        Assert.Equal(30L, await shown.ValueAsync("MATCH (p:Person) RETURN count(*)"));
    }

    [Fact]
    public async Task Queries_wait_for_a_reset()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        var resetting = Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++) await shown.Projection.ResetAsync();
        });
        while (!resetting.IsCompleted) Assert.Empty(await shown.RowsAsync("MATCH (p:Person) RETURN p.Id"));
        await resetting;
    }

    // A program that is ended while the database is closed and opened again must not find it doubted.
    [Fact]
    public async Task The_seal_stays_open()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, AtEveryBatch);
        var seal = shown.File + ".seal";
        File.SetLastWriteTimeUtc(seal, DateTime.UnixEpoch);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1)]));
        Assert.False(HasLog(shown));
        Assert.Equal(("open", DateTime.UnixEpoch), (await File.ReadAllTextAsync(seal), File.GetLastWriteTimeUtc(seal)));
    }

    [Fact]
    public async Task A_database_that_was_deleted_while_it_was_open_is_told_and_can_be_made_anew()
    {
        await using var shown = await Shown.OpenAsync(Town.Schema, AtEveryBatch);
        await shown.Projection.ApplyAsync(Entities.Batch(1, [Town.PersonOf(1)]));
        File.Delete(shown.File);
        await shown.Projection.ApplyAsync(Entities.Batch(2, [Town.PersonOf(2)]));
        var error = await Assert.ThrowsAsync<ProjectionException>(async () => await shown.Projection.ApplyAsync(Entities.Batch(3, [Town.PersonOf(3)])));
        Assert.Contains("rebuild", error.Message, StringComparison.Ordinal);

        await shown.Projection.ResetAsync();
        await shown.Projection.ApplyAsync(Entities.Batch(3, [Town.PersonOf(3)]));
        Assert.Equal(["3 -"], await shown.DumpAsync());
    }

    private static bool HasLog(Shown shown) => new FileInfo(shown.File + ".wal") is { Exists: true, Length: > 0 };
}
