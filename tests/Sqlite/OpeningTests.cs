using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class OpeningTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_store_takes_the_identity_that_is_offered()
    {
        await using var store = new SqliteStore(_folder.Path("deep/in/here.db"));
        var state = await store.OpenAsync(new("télé", Laptop, Shop()));
        Assert.Equal((Laptop, "télé", default(Stamp), 0L), (state.Replica, state.Name, state.Clock, state.Revision));
        Assert.Empty(state.Vectors);
        Assert.Equal(_folder.Path("deep/in/here.db"), store.Path);
    }

    /// <summary>It holds the key that the replica signs with.</summary>
    [Fact]
    public async Task A_new_store_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var store = await _folder.OpenAsync();
        await store.WriteNoteAsync("a", new byte[] { 1 });
        foreach (var file in new[] { _folder.File, $"{_folder.File}-wal" }) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task The_key_that_is_offered_is_noted_with_the_identity()
    {
        await using var store = new SqliteStore(_folder.File);
        await store.OpenAsync(new("phone", Phone, Shop()) { PrivateKey = new byte[] { 1, 2, 3 } });
        Assert.Equal([1, 2, 3], (await store.ReadNoteAsync(StoreOffer.KeyNoteOf(Phone))).ToArray());
    }

    [Fact]
    public async Task Reopening_keeps_everything()
    {
        var vectors = new Dictionary<string, VersionVector> { ["main"] = Vector((Phone, 2), (Laptop, ulong.MaxValue)), ["money"] = Vector() };
        var (clock, item) = (new Stamp(ulong.MaxValue), Event(Phone, 1, 2));
        await using (var store = await _folder.OpenAsync())
        {
            await store.CommitAsync(new(1, clock, vectors, [item], [Put(Node(1), "ann", inConflict: true), Put(Edge(1, 2), "") with { State = new byte[] { 0 } }]));
        }

        await using var again = new SqliteStore(_folder.File);
        var state = await again.OpenAsync(new("another name", Tablet, Shop()));
        Assert.Equal((Phone, "phone", clock, 1L), (state.Replica, state.Name, state.Clock, state.Revision));
        Assert.Equal(vectors, state.Vectors);
        Assert.Equal(["ann", "\0", ""], (await again.ReadAsync([Node(1), Edge(1, 2), Node(2)])).Select(state => state.AsText()));
        Assert.Equal([Edge(1, 2)], await again.ReadIncidentAsync([Node(2)]));
        var log = await again.ReadLogAsync("main", new(), 0, 1000);
        Assert.Equal(item with { Bytes = default }, Assert.Single(log.Events) with { Bytes = default });
        Assert.Equal(item.Bytes.ToArray(), log.Events[0].Bytes.ToArray());
        Assert.Equal(2, (await again.ReadChangesAsync(0, 10))!.Entities.Count);
        Assert.Equal(Node(1), Assert.Single(await again.ScanConflictsAsync().ToListAsync()).Id);
    }

    [Theory]
    [InlineData("UPDATE meta SET value = 1 WHERE key = 'format'; DROP TABLE note; DROP TABLE staged; ALTER TABLE lane DROP COLUMN floor; DROP TABLE claim")]
    [InlineData("UPDATE meta SET value = 2 WHERE key = 'format'; DROP TABLE claim")]
    public async Task A_store_of_an_earlier_format_is_brought_up_to_date(string undo)
    {
        await using (var store = await _folder.OpenAsync()) await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
        _folder.Tamper(undo);
        for (var i = 0; i < 2; i++)
        {
            await using var store = await _folder.OpenAsync();
            Assert.Equal("ann", (await store.ReadAsync([Node(1)]))[0].AsText());
            await store.WriteNoteAsync("key", new byte[] { 1 });
            Assert.Empty(await store.ReadStagesAsync());
            Assert.Empty(await store.ReadSharedClaimsAsync());
        }
    }

    [Fact]
    public async Task A_newer_format_is_refused_with_both_versions()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Tamper("UPDATE meta SET value = 4 WHERE key = 'format'");
        var message = await _folder.RefusedAsync();
        Assert.Contains("format 4", message, StringComparison.Ordinal);
        Assert.Contains("up to 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_schema_is_refused_with_both_named()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        var message = await _folder.RefusedAsync(new("library", 4, Person));
        Assert.Contains("shop version 1", message, StringComparison.Ordinal);
        Assert.Contains("library version 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_merges_differently_is_refused_with_the_difference()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        var changed = new EntityType("Person", "Person", "main", new("Id", ValueKind.Int64, "Id"), null, null, Text("Email") with { Value = ValueKind.Int64 });
        var message = await _folder.RefusedAsync(new("shop", 2, changed));
        Assert.Contains("Person.Email", message, StringComparison.Ordinal);
        Assert.Contains("shop version 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_schema_is_the_one_that_counts()
    {
        static EntityType Place(ValueKind key) => new("Place", "Place", "main", new("Id", key, "Id"), null, null);
        await (await _folder.OpenAsync()).DisposeAsync();
        await (await _folder.OpenAsync(Shop(2, Place(ValueKind.Text)))).DisposeAsync();
        // An older program works on it and doesn't make it forget what it knows.
        await (await _folder.OpenAsync()).DisposeAsync();
        Assert.Contains("Place", await _folder.RefusedAsync(Shop(3, Place(ValueKind.Guid))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_offers_no_schema_gets_the_newest_one()
    {
        var place = new EntityType("Place", "Place", "main", new("Id", ValueKind.Text, "Id"), null, null, Text("Name"));
        await (await _folder.OpenAsync(Shop(2, place))).DisposeAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var store = new SqliteStore(_folder.File);
            var schema = (await store.OpenAsync(new("phone", Phone, null))).Schema;
            Assert.Equal("shop version 2", $"{schema}");
            Assert.Null(schema.ConflictWith(Shop(2, place)));
            Assert.Equal(["Person", "Place", "Knows", "Paid"], schema.Types.Select(type => type.Name));
        }
    }

    [Fact]
    public async Task A_new_store_without_a_schema_is_refused_and_can_be_begun_later()
    {
        await using (var store = new SqliteStore(_folder.File))
        {
            var error = await Assert.ThrowsAsync<StoreException>(async () => await store.OpenAsync(new("phone", Phone, null)));
            Assert.Contains("new store", error.Message, StringComparison.Ordinal);
        }

        await using var later = new SqliteStore(_folder.File);
        Assert.Equal(0, (await later.OpenAsync(Offer())).Revision);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(600)]
    [InlineData(100_000)]
    public async Task A_file_that_is_no_database_is_refused(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await File.WriteAllBytesAsync(_folder.File, bytes);
        Assert.Contains("not the store of a replica", await _folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused()
    {
        _folder.Tamper("CREATE TABLE songs(title)");
        Assert.Contains("another program", await _folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.File);
        bytes.AsSpan(bytes.Length / 10).Fill(0xA5);
        await File.WriteAllBytesAsync(_folder.File, bytes);
        Assert.Contains("damaged", await _folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM meta WHERE key = 'revision'")]
    [InlineData("UPDATE meta SET value = x'05' WHERE key = 'schema'")]
    public async Task A_store_that_lacks_what_it_should_say_is_refused(string damage)
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Tamper(damage);
        Assert.Contains("damaged", await _folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_could_not_be_opened_can_be_opened_later()
    {
        await File.WriteAllTextAsync(_folder.File, "This was never a database, however long it may become in the end.");
        await using var store = new SqliteStore(_folder.File);
        await Assert.ThrowsAsync<StoreException>(async () => await store.OpenAsync(Offer()));
        File.Delete(_folder.File);
        Assert.Equal(0, (await store.OpenAsync(Offer())).Revision);
    }

    [Fact]
    public async Task Using_it_unopened_twice_or_disposed_is_the_callers_mistake()
    {
        var store = new SqliteStore(_folder.File);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.CountAsync());
        await store.OpenAsync(Offer());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.OpenAsync(Offer()));
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CountAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.OpenAsync(Offer()));
    }

    [Fact]
    public async Task Nothing_begins_when_it_is_cancelled_already()
    {
        await using var store = new SqliteStore(_folder.File);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.OpenAsync(Offer(), new(canceled: true)));
        Assert.False(File.Exists(_folder.File));
    }

    [Fact]
    public async Task Closing_leaves_one_whole_file()
    {
        await using (var store = await _folder.OpenAsync()) await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
        Assert.False(File.Exists(_folder.File + "-wal"));
        Assert.False(File.Exists(_folder.File + ".pid"));
        File.Move(_folder.File, _folder.Path("copy.db"));
        await using var copy = new SqliteStore(_folder.Path("copy.db"));
        Assert.Equal(1, (await copy.OpenAsync(Offer())).Revision);
    }

    [Fact]
    public async Task The_options_put_the_file_into_the_folder_that_is_set_by_then()
    {
        var options = new GraphReplicaOptions().UseSqlite();
        options.Folder = _folder.Path("shop");
        await using var store = Assert.IsType<SqliteStore>(options.Store!());
        Assert.Equal(Path.Combine(_folder.Path("shop"), "replica.db"), store.Path);
        Assert.Equal(_folder.File, Assert.IsType<SqliteStore>(options.UseSqlite(_folder.File).Store!()).Path);
        options.Folder = null;
        Assert.Equal(Path.GetFullPath("replica.db"), Assert.IsType<SqliteStore>(options.UseSqlite().Store!()).Path);
    }
}
