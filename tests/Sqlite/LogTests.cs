using Crdt.Clocks;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class LogTests : IDisposable
{
    // As they were applied here; the origins' own orders are kept.
    private static readonly StoredEvent[] Log =
        [Event(Phone, 1, 3), Event(Laptop, 1, 1), Event(Phone, 4, 4), Event(Laptop, 2, 9), Event(Tablet, 1, 2), Event(Phone, 5, 8)];

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_has_nothing_gets_everything_in_the_order_of_application()
    {
        await using var store = await FilledAsync();
        var slice = await store.ReadLogAsync("main", new(), 0, int.MaxValue);
        Assert.Equal(Log.Select(Name), slice.Events.Select(Name));
        Assert.Equal(Log.Select(e => Convert.ToHexString(e.Bytes.Span)), slice.Events.Select(e => Convert.ToHexString(e.Bytes.Span)));
        Assert.True(slice.IsLast);
    }

    [Fact]
    public async Task What_the_reader_covers_is_left_out()
    {
        await using var store = await FilledAsync();
        var slice = await store.ReadLogAsync("main", Vector((Phone, 4), (Laptop, 1)), 0, int.MaxValue);
        Assert.Equal(["9:2-9", "11:1-2", "7:5-8"], slice.Events.Select(Name));
        // An event that is covered in part is lacking.
        slice = await store.ReadLogAsync("main", Vector((Phone, 7), (Laptop, 9), (Tablet, ulong.MaxValue)), 0, int.MaxValue);
        Assert.Equal(["7:5-8"], slice.Events.Select(Name));
        slice = await store.ReadLogAsync("main", Vector((Phone, 8), (Laptop, 9), (Tablet, 2)), 0, int.MaxValue);
        Assert.Empty(slice.Events);
        Assert.True(slice.IsLast);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(60)]
    public async Task Slices_follow_one_another_and_keep_to_their_size(int maxBytes)
    {
        await using var store = await FilledAsync();
        var after = Vector((Laptop, 1));
        var (found, position) = (new List<string>(), 0L);
        LogSlice slice;
        do
        {
            slice = await store.ReadLogAsync("main", after, position, maxBytes);
            Assert.Equal(Math.Max(1, Math.Min(maxBytes / 10, 5 - found.Count)), slice.Events.Count);
            found.AddRange(slice.Events.Select(Name));
            Assert.True(slice.Position > position);
            position = slice.Position;
        }
        while (!slice.IsLast);
        Assert.Equal(Log.Where(e => e != Log[1]).Select(Name), found);
        slice = await store.ReadLogAsync("main", after, position, maxBytes);
        Assert.Empty(slice.Events);
        Assert.Equal((position, true), (slice.Position, slice.IsLast));
    }

    [Fact]
    public async Task An_event_that_comes_after_the_last_slice_is_in_the_next()
    {
        await using var store = await FilledAsync();
        var slice = await store.ReadLogAsync("main", new(), 0, int.MaxValue);
        await store.CommitAsync(Commit(3, Vectors(), Event(Tablet, 3, 3)));
        slice = await store.ReadLogAsync("main", new(), slice.Position, int.MaxValue);
        Assert.Equal(["11:3-3"], slice.Events.Select(Name));
    }

    [Fact]
    public async Task Lanes_have_logs_of_their_own()
    {
        await using var store = await FilledAsync();
        Assert.Equal(["7:1-1"], (await store.ReadLogAsync("money", new(), 0, int.MaxValue)).Events.Select(Name));
        var none = await store.ReadLogAsync("unheard of", new(), 0, int.MaxValue);
        Assert.Empty(none.Events);
        Assert.True(none.IsLast);
    }

    [Fact]
    public async Task The_log_goes_on_after_reopening()
    {
        await (await FilledAsync()).DisposeAsync();
        await using var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(3, Vectors(), Event(Tablet, 3, 3), Event(Phone, 2, 2, lane: "money")));
        Assert.Equal([.. Log.Select(Name), "11:3-3"], (await store.ReadLogAsync("main", new(), 0, int.MaxValue)).Events.Select(Name));
        Assert.Equal(["7:1-1", "7:2-2"], (await store.ReadLogAsync("money", new(), 0, int.MaxValue)).Events.Select(Name));
    }

    private static string Name(StoredEvent item) => $"{item.Origin.Value}:{item.First}-{item.Last}";

    private static Dictionary<string, VersionVector> Vectors() => new() { ["main"] = Vector((Phone, 1)), ["money"] = Vector((Phone, 1)) };

    [Theory]
    [InlineData(6, "", 6)]
    [InlineData(4, "7:3 9:1", 4)]
    [InlineData(2, "7:4 9:9", 2)]
    [InlineData(0, "7:8 9:9 11:2", 0)]
    public async Task Cutting_the_log_keeps_the_newest_and_raises_the_floor(int keep, string floor, int left)
    {
        await using (var store = await FilledAsync())
        {
            Assert.Equal(floor, Floor(await store.CutLogAsync("main", keep)));
            Assert.Equal(Log.Skip(Log.Length - left).Select(Name), (await store.ReadLogAsync("main", new(), 0, int.MaxValue)).Events.Select(Name));
            Assert.Equal(floor, Floor(await store.CutLogAsync("main", 6)));
        }

        await using var again = new SqliteStore(_folder.File);
        var state = await again.OpenAsync(Offer());
        Assert.Equal(floor, state.Floors.TryGetValue("main", out var kept) ? Floor(kept) : "");
        await again.CommitAsync(Commit(state.Revision + 1, state.Vectors, Event(Tablet, 3, 3)));
        Assert.Equal("11:3-3", (await again.ReadLogAsync("main", new(), 0, int.MaxValue)).Events.Select(Name).Last());
    }

    [Fact]
    public async Task A_commit_raises_the_floor_and_replaces_events()
    {
        await using (var store = await FilledAsync())
        {
            var vector = Vector((Phone, 9), (Laptop, 20), (Tablet, 2));
            var commit = Commit(3, new Dictionary<string, VersionVector> { ["main"] = vector }, Event(Phone, 4, 9)) with
            {
                Floors = new Dictionary<string, VersionVector> { ["main"] = Vector((Laptop, 20)) },
                Replaced = [new("main", Phone, 4)],
                Notes = new Dictionary<string, ReadOnlyMemory<byte>> { ["told"] = new byte[] { 5 } },
            };
            await store.CommitAsync(commit);
            Assert.Equal(["7:1-3", "9:1-1", "9:2-9", "11:1-2", "7:4-9"], (await store.ReadLogAsync("main", new(), 0, int.MaxValue)).Events.Select(Name));
            Assert.Equal([5], (await store.ReadNoteAsync("told")).ToArray());
        }

        await using var again = new SqliteStore(_folder.File);
        Assert.Equal("9:20", Floor((await again.OpenAsync(Offer())).Floors["main"]));
    }

    private static string Floor(VersionVector floor) => string.Join(' ', floor.Entries.Select(e => $"{Convert.ToInt32(e.Replica.ToString(), 16)}:{e.Counter}"));

    private async Task<SqliteStore> FilledAsync()
    {
        var store = await _folder.OpenAsync();
        await store.CommitAsync(Commit(1, Vectors(), Log[..3]));
        await store.CommitAsync(Commit(2, Vectors(), [Log[3], Event(Phone, 1, 1, lane: "money"), .. Log[4..]]));
        return store;
    }
}
