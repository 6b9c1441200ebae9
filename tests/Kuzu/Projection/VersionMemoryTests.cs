using Crdt.Kuzu.Binding;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What many small batches leave in the pool until a checkpoint: 16 KB for each column, while their log stays short.</summary>
public sealed class VersionMemoryTests
{
    private static KuzuOptions Tight => ScratchFolder.Small with { BufferPoolSize = 16UL << 20 };

    [Fact]
    public async Task Old_versions_are_let_go_long_before_they_fill_the_pool()
    {
        await using var shown = await FilledAsync(Tight);
        var (before, checkpoints) = (0L, 0);
        for (var watermark = 2; watermark <= 400; watermark++)
        {
            await shown.Projection.ApplyAsync(Entities.Batch(watermark, updated: [Town.PersonOf(watermark, "changed")]));
            var log = new FileInfo(shown.File + ".wal") is { Exists: true } file ? file.Length : 0;
            if (log < before) checkpoints++;
            before = log;
        }

        Assert.InRange(checkpoints, 2, 8);
        Assert.Equal(399L, await shown.ValueAsync("MATCH (p:Person) WHERE p.Name = 'changed' RETURN count(*)"));
    }

    /// <summary>As a process leaves it that ends before it closed the database, or whose memory was short when it did.</summary>
    [Fact]
    public async Task A_log_that_fills_the_pool_when_it_is_played_back_is_played_back_in_more_room()
    {
        await using var shown = await FilledAsync(ScratchFolder.Small);
        await shown.ReopenAsync(Town.Schema, ScratchFolder.Small with { AutoCheckpoint = false });
        for (var watermark = 2; watermark <= 700; watermark++) await shown.Projection.ApplyAsync(Entities.Batch(watermark, updated: [Town.PersonOf(watermark, "changed")]));
        var (file, log) = (await ReadAsync(shown.File), await ReadAsync(shown.File + ".wal"));
        await shown.CloseAsync();
        await File.WriteAllBytesAsync(shown.File, file);
        await File.WriteAllBytesAsync(shown.File + ".wal", log);
        File.Delete(shown.File + ".seal"); // That of the closed file would tell at once.

        Assert.Equal(700, await shown.ReopenAsync(Town.Schema, Tight));
        Assert.Empty(shown.SetAside);
        await shown.Projection.ApplyAsync(Entities.Batch(701, updated: [Town.PersonOf(1, "changed")]));
        Assert.Equal(700L, await shown.ValueAsync("MATCH (p:Person) WHERE p.Name = 'changed' RETURN count(*)"));
    }

    private static async Task<Shown> FilledAsync(KuzuOptions options)
    {
        var shown = await Shown.OpenAsync(Town.Schema, options);
        await shown.Projection.ApplyAsync(Entities.Batch(1, Enumerable.Range(0, 2_000).Select(id => Town.PersonOf(id, $"name {id}"))));
        return shown;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }
}
