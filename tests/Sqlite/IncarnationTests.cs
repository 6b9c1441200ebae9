using Crdt.Clocks;
using Crdt.Sqlite;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

/// <summary>A store that was copied or restored never writes under the id that it was copied with.</summary>
public sealed partial class IncarnationTests : IDisposable
{
    private const string Database = "replica.db";
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, bool, bool, bool> Restorations()
    {
        var cases = new TheoryData<bool, bool, bool, bool>();
        for (var bits = 0; bits < 16; bits++) cases.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        return cases;
    }

    private string Home => _folder.Path("home");

    private string Backup => _folder.Path("backup");

    private string Store => Path.Combine(Home, Database);

    [Fact]
    public async Task A_store_that_is_opened_again_keeps_its_id()
    {
        for (var opening = 0; opening < 5; opening++)
        {
            var state = await WorkAsync(Store, commits: opening);
            Assert.Equal((Phone, IncarnationReason.Created), (state.Replica, Assert.Single(state.Incarnations).Reason));
        }
    }

    [Fact]
    public async Task A_store_whose_process_was_killed_keeps_its_id()
    {
        for (var kill = 0; kill < 5; kill++)
        {
            await WriteAndKillAsync();
            Assert.Equal(Phone, (await WorkAsync(Store, commits: kill % 2)).Replica);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_opens_the_store_costs_no_id()
    {
        await WorkAsync(Store, commits: 1);
        var random = new Random(3);
        for (var kill = 0; kill < 25; kill++)
        {
            using var writer = new WriterProcess("commit", Store);
            await Task.Delay(random.Next(50, 200));
            await writer.KillAsync();
        }

        Assert.Single((await WorkAsync(Store)).Incarnations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_takes_a_new_id_and_the_original_keeps_its_own(bool withLease)
    {
        await WorkAsync(Store, commits: 3);
        Copy(Home, Backup, withLease);
        var copy = await WorkAsync(Path.Combine(Backup, Database), commits: 1);
        Assert.NotEqual(Phone, copy.Replica);
        Assert.Equal(3, copy.Revision);
        Assert.Equal(withLease ? IncarnationReason.Copied : IncarnationReason.LeaseMissing, copy.Incarnations[^1].Reason);
        Assert.Equal(copy.Replica, (await WorkAsync(Path.Combine(Backup, Database))).Replica);
        Assert.Equal(Phone, (await WorkAsync(Store)).Replica);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_that_was_made_while_the_store_was_open_takes_a_new_id(bool withLease)
    {
        await using var store = await OpenAsync(Store);
        await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
        Copy(Home, Backup, withLease);
        Assert.True(File.Exists(Path.Combine(Backup, Database + "-wal")));
        await store.CommitAsync(Commit(2, Put(Node(2), "bob")));
        var copy = await WorkAsync(Path.Combine(Backup, Database), commits: 1);
        Assert.NotEqual(Phone, copy.Replica);
        Assert.Equal(1, copy.Revision);
    }

    [Fact]
    public async Task Two_copies_that_are_opened_one_after_another_take_different_ids()
    {
        await WorkAsync(Store, commits: 1);
        Copy(Home, Backup);
        Copy(Home, _folder.Path("second"));
        var (first, second) = (await WorkAsync(Path.Combine(Backup, Database)), await WorkAsync(Path.Combine(_folder.Path("second"), Database)));
        Assert.Equal(3, new[] { Phone, first.Replica, second.Replica }.Distinct().Count());
    }

    [Fact]
    public async Task A_copy_of_a_copy_takes_an_id_of_its_own()
    {
        await WorkAsync(Store, commits: 1);
        Copy(Home, Backup);
        var copy = await WorkAsync(Path.Combine(Backup, Database), commits: 1);
        Copy(Backup, _folder.Path("second"));
        var second = await WorkAsync(Path.Combine(_folder.Path("second"), Database));
        Assert.Equal([Phone, copy.Replica, second.Replica], second.Incarnations.Select(incarnation => incarnation.Replica));
        Assert.Equal([0, 1, 2], second.Incarnations.Select(incarnation => incarnation.Revision));
    }

    [Theory]
    [MemberData(nameof(Restorations))]
    public async Task A_store_that_is_put_back_to_a_backup_takes_a_new_id(bool whileOpen, bool withLease, bool inPlace, bool openedSince)
    {
        await WorkAsync(Store, commits: 1);
        await using (var store = await OpenAsync(Store))
        {
            await store.CommitAsync(Commit(2, Put(Node(2), "bob")));
            if (whileOpen) Copy(Home, Backup);
            await store.CommitAsync(Commit(3, Put(Node(3), "cleo")));
        }

        if (!whileOpen) Copy(Home, Backup);
        if (openedSince || !whileOpen) await WorkAsync(Store, commits: 1);
        Restore(withLease, inPlace);
        var state = await WorkAsync(Store, commits: 1);
        Assert.Equal(whileOpen ? 2 : 3, state.Revision);
        Assert.NotEqual(Phone, state.Replica);
        Assert.Contains(state.Incarnations[^1].Reason, new[] { IncarnationReason.Copied, IncarnationReason.Restored });
        Assert.Equal(state.Replica, (await WorkAsync(Store)).Replica);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_was_killed_and_put_back_to_a_backup_of_the_same_opening_takes_a_new_id(bool inPlace)
    {
        using (var writer = new WriterProcess("commit", Store))
        {
            Assert.Equal("open", await writer.ReadLineAsync());
            Assert.Equal("1", await writer.ReadLineAsync());
            Copy(Home, Backup);
            var copied = await RevisionOfAsync(_folder.Path("look"));
            while (long.Parse(await writer.ReadLineAsync() ?? "", System.Globalization.CultureInfo.InvariantCulture) <= copied)
            {
                // It has to come further than the backup.
            }

            await writer.KillAsync();
        }

        Restore(withLease: false, inPlace);
        Assert.NotEqual(Phone, (await WorkAsync(Store)).Replica);
    }

    [Fact]
    public async Task A_folder_that_is_renamed_keeps_its_id()
    {
        await WorkAsync(Store, commits: 1);
        Directory.Move(Home, _folder.Path("elsewhere"));
        Assert.Equal(Phone, (await WorkAsync(Path.Combine(_folder.Path("elsewhere"), Database), commits: 1)).Replica);
        Directory.Move(_folder.Path("elsewhere"), Home);
        Assert.Equal(Phone, (await WorkAsync(Store)).Replica);
    }

    [Fact]
    public async Task A_store_that_is_renamed_with_its_lease_keeps_its_id()
    {
        await WorkAsync(Store, commits: 1);
        File.Move(Store, _folder.File);
        File.Move(Store + ".lease", _folder.File + ".lease");
        Assert.Equal(Phone, (await WorkAsync(_folder.File)).Replica);
    }

    [Fact]
    public async Task A_copy_that_takes_the_place_of_its_original_takes_a_new_id()
    {
        await WorkAsync(Store, commits: 1);
        Copy(Home, Backup);
        Directory.Delete(Home, recursive: true);
        Directory.Move(Backup, Home);
        Assert.Equal(IncarnationReason.Copied, (await WorkAsync(Store)).Incarnations[^1].Reason);
    }

    [Fact]
    public async Task A_new_store_in_the_place_of_a_lost_one_begins_afresh()
    {
        await WorkAsync(Store, commits: 1);
        File.Delete(Store);
        var state = await WorkAsync(Store);
        Assert.Equal((0L, IncarnationReason.Created), (state.Revision, Assert.Single(state.Incarnations).Reason));
        Assert.Single((await WorkAsync(Store)).Incarnations);
    }

    [Fact]
    public async Task A_new_incarnation_says_when_why_and_after_which_commit_it_began_and_keeps_the_log()
    {
        var vector = new Dictionary<string, VersionVector> { ["main"] = Vector((Phone, 2)) };
        await using (var store = await OpenAsync(Store)) await store.CommitAsync(Commit(1, vector, Event(Phone, 1, 2)));
        File.Delete(Store + ".lease");
        var now = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await using var again = new SqliteStore(Store, StoreLimits.Default, new StoppedTime(now));
        var state = await again.OpenAsync(Offer());
        Assert.Equal(Phone, state.Incarnations[0].Replica);
        Assert.NotNull(state.Incarnations[0].Began);
        Assert.Equal(new(state.Replica, now, IncarnationReason.LeaseMissing, 1), state.Incarnations[1]);
        Assert.Equal(vector["main"], state.Vectors["main"]);
        Assert.Equal(Phone, Assert.Single((await again.ReadLogAsync("main", new(), 0, 1000)).Events).Origin);
    }

    private static async Task<SqliteStore> OpenAsync(string path)
    {
        var store = new SqliteStore(path);
        await store.OpenAsync(Offer());
        return store;
    }

    /// <summary>Opens a store, commits, and closes it. Gives what it was opened with.</summary>
    private static async Task<StoreState> WorkAsync(string path, int commits = 0)
    {
        await using var store = new SqliteStore(path);
        var state = await store.OpenAsync(Offer());
        for (var i = 1; i <= commits; i++) await store.CommitAsync(Commit(state.Revision + i, Put(Node(state.Revision + i), "ann")));
        return state;
    }

    private async Task WriteAndKillAsync()
    {
        using var writer = new WriterProcess("commit", Store);
        Assert.Equal("open", await writer.ReadLineAsync());
        Assert.NotNull(await writer.ReadLineAsync());
        await writer.KillAsync();
    }

    private async Task<long> RevisionOfAsync(string look)
    {
        Copy(Backup, look);
        return (await WorkAsync(Path.Combine(look, Database))).Revision;
    }

    private static void Copy(string from, string to, bool withLease = true)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            if (withLease || !file.EndsWith(".lease", StringComparison.Ordinal)) CopyOver(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    /// <summary>Puts the backup back, into the files that are there or as files of its own, as tools do the one or the other.</summary>
    private void Restore(bool withLease, bool inPlace)
    {
        foreach (var file in Directory.GetFiles(Home))
        {
            var isLease = file.EndsWith(".lease", StringComparison.Ordinal);
            if ((!inPlace || file.EndsWith("-wal", StringComparison.Ordinal)) && (withLease || !isLease)) File.Delete(file);
        }

        Copy(Backup, Home, withLease);
    }

    // Unlike File.Copy it shares what it reads; the lock of an open store is shared with nobody.
    private static void CopyOver(string from, string to)
    {
        if (from.EndsWith(".lock", StringComparison.Ordinal)) return;
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        source.CopyTo(target);
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
