namespace Crdt.Tests.Kuzu.Projection;

/// <summary>
/// Files that were damaged are opened or set aside. Damage that the engine doesn't notice before it follows it can end the process,
/// so only such is tried here as was found not to (<c>docs/kuzu.md</c>).
/// </summary>
public sealed class DamageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(4_096)]
    [InlineData(8_192)]
    [InlineData(20_000)]
    public async Task A_file_that_was_cut_is_begun_anew(int length)
    {
        await using var shown = await FilledAsync();
        using (var file = File.OpenWrite(shown.File)) file.SetLength(length);
        Assert.Equal(0, await shown.ReopenAsync(Town.Schema));
        await AssertWorksAsync(shown);
        Assert.Single(shown.SetAside);
    }

    [Theory]
    [InlineData(0, 4_096)]
    [InlineData(0, 1)]
    [InlineData(4, 8)]
    [InlineData(12, 64)]
    public async Task A_file_whose_head_was_overwritten_is_begun_anew(int offset, int count)
    {
        foreach (var value in new byte[] { 0x00, 0xA5 })
        {
            await using var shown = await FilledAsync();
            Overwrite(shown.File, offset, count, value);
            Assert.Equal(0, await shown.ReopenAsync(Town.Schema));
            await AssertWorksAsync(shown);
            Assert.Single(shown.SetAside);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public async Task A_log_that_was_cut_gives_an_earlier_watermark_or_none(double part)
    {
        await using var shown = await FilledAsync();
        await WithLogAsync(shown, log => log[..(int)(log.Length * part)]);
        Assert.InRange(await shown.ReopenAsync(Town.Schema), 0, 10);
        await AssertWorksAsync(shown);
    }

    [Fact]
    public async Task A_log_of_zeros_or_of_nonsense_is_read_as_none_or_set_aside()
    {
        foreach (var value in new byte[] { 0x00, 0xFF })
        {
            await using var shown = await FilledAsync();
            await WithLogAsync(shown, log => [.. Enumerable.Repeat(value, log.Length)]);
            Assert.InRange(await shown.ReopenAsync(Town.Schema), 0, 9);
            await AssertWorksAsync(shown);
        }
    }

    [Fact]
    public async Task A_log_whose_database_is_gone_is_set_aside_with_what_it_holds()
    {
        await using var shown = await FilledAsync();
        await WithLogAsync(shown, log => log);
        File.Delete(shown.File);
        Assert.Equal(0, await shown.ReopenAsync(Town.Schema));
        Assert.Contains(shown.SetAside, file => file.EndsWith(".wal", StringComparison.Ordinal));
        await AssertWorksAsync(shown);
    }

    /// <summary>A closed database of a few thousand rows.</summary>
    private static async Task<Shown> FilledAsync()
    {
        var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(9, Enumerable.Range(0, 2_000).Select(id => Town.PersonOf(id, $"name {id}"))));
        await shown.Projection.ApplyAsync(Entities.Batch(9, Enumerable.Range(0, 1_000).Select(id => Town.KnowsOf(id, id + 1, id))));
        await shown.CloseAsync();
        return shown;
    }

    /// <summary>Leaves the files as a process leaves them that is killed after two more batches, with another log.</summary>
    private static async Task WithLogAsync(Shown shown, Func<byte[], byte[]> change)
    {
        await shown.ReopenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(10, Enumerable.Range(5_000, 100).Select(id => Town.PersonOf(id, "late"))));
        await shown.Projection.ApplyAsync(Entities.Batch(11, updated: Enumerable.Range(5_000, 100).Select(id => Town.PersonOf(id, "later"))));
        var (file, log) = (await ReadAsync(shown.File), await ReadAsync(shown.File + ".wal"));
        Assert.NotEmpty(log);
        await shown.CloseAsync();
        await File.WriteAllBytesAsync(shown.File, file);
        await File.WriteAllBytesAsync(shown.File + ".wal", change(log));
        File.Delete(shown.File + ".seal"); // That of the closed file would tell at once.
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static async Task AssertWorksAsync(Shown shown)
    {
        await shown.Projection.ApplyAsync(Entities.Batch(20, [Town.PersonOf(1_000_000, "new"), Town.KnowsOf(1_000_000, 1_000_000, 1)]));
        Assert.Equal(20, await shown.ReopenAsync(Town.Schema));
        Assert.Equal(1L, await shown.ValueAsync("MATCH (a:Person)-[:KNOWS]->(b:Person) WHERE a.Id = 1000000 AND b.Name = 'new' RETURN count(*)"));
    }

    private static void Overwrite(string path, int offset, int count, byte value)
    {
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write([.. Enumerable.Repeat(value, count)]);
    }
}
