using Crdt.Entities;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class NoteTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_note_stays_until_it_is_removed()
    {
        await using (var store = await _folder.OpenAsync())
        {
            Assert.True((await store.ReadNoteAsync("a")).IsEmpty);
            await store.WriteNoteAsync("a", new byte[] { 1, 2 });
            await store.WriteNoteAsync("a", new byte[] { 3 });
            await store.WriteNoteAsync("b", new byte[] { 4 });
            await store.WriteNoteAsync("b", default);
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal([3], (await again.ReadNoteAsync("a")).ToArray());
        Assert.True((await again.ReadNoteAsync("b")).IsEmpty);
    }

    [Fact]
    public async Task Rows_that_are_put_aside_are_no_part_of_the_truth()
    {
        await using (var store = await _folder.OpenAsync())
        {
            await store.StageAsync("main/bob", [Row(2, "two"), Row(1, "one")]);
            await store.StageAsync("main/bob", [Row(2, "zwei"), Row(3, "three")]);
            await store.StageAsync("main/ann", [Row(1, "eins")]);
            Assert.Empty(await store.ScanAsync(default, 9));
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal(["main/ann", "main/bob"], (await again.ReadStagesAsync()).Order());
        Assert.Equal(["one", "zwei"], (await again.ReadStagedAsync("main/bob", default, 2)).Select(e => e.State.AsText()));
        Assert.Equal(["three"], (await again.ReadStagedAsync("main/bob", Node(2), 9)).Select(e => e.State.AsText()));
        await again.DropStageAsync("main/bob");
        await again.DropStageAsync("main/bob");
        Assert.Equal(["main/ann"], await again.ReadStagesAsync());
    }

    private static StoredEntity Row(long id, string state) => new(Node(id), System.Text.Encoding.UTF8.GetBytes(state));
}
