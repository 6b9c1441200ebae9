using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Conflicts;

/// <summary>What concurrent writes leave to look at.</summary>
public sealed class InboxTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_conflict_shows_every_write_the_rule_and_the_winner_the_same_on_both_sides()
    {
        var (laptop, office) = await ApartAsync(account => account.Status = "inactive", account => account.Status = "banned");
        var result = await laptop.SyncOfflineChangesAsync(office);
        Assert.Equal(1, result.ConflictsResolved);
        Assert.Equal("online_wins", result.Conflicts[0].Resolution);
        foreach (var replica in new[] { laptop, office })
        {
            var conflict = Assert.Single(await replica.Conflicts.ListAsync().ToListAsync());
            Assert.Equal((ConflictKind.ConcurrentUpdate, "Status", "online_wins", 2), (conflict.Kind, conflict.Field!.Name, conflict.Resolution, conflict.Writes));
            Assert.Equal([("banned", false, office.Id), ("inactive", true, laptop.Id)], conflict.Competing.Select(write => ((string)write.Value!, write.Offline, write.Dot.Replica)).Order());
            Assert.Equal(("banned", "banned"), (conflict.Reads, conflict.Winner?.Value));
            Assert.Equal("banned", (await replica.GetAsync<Account>(1))!.Status);
            Assert.True(conflict.Competing.All(write => write.Stamp != default));
        }
    }

    [Theory]
    [InlineData("Status", "online_wins", "office")]
    [InlineData("Owner", "first_write_wins", "office")]
    [InlineData("Level", "max", 7)]
    [InlineData("Quota", "min", 3)]
    [InlineData("Labels", "last_write_wins", "laptop")]
    public async Task Each_rule_is_named_and_says_what_it_chose(string field, string rule, object reads)
    {
        var (laptop, office) = await ApartAsync(account => Write(account, "laptop", 7), account => Write(account, "office", 3));
        await laptop.SyncAsync(office);
        var conflict = Assert.Single(await office.Conflicts.ListAsync().Where(conflict => conflict.Field!.Name == field).ToListAsync());
        Assert.Equal((rule, reads, reads), (conflict.Resolution, conflict.Reads, conflict.Winner?.Value));
        Assert.Equal(field == "Labels" ? "role" : null, conflict.Key);
    }

    [Fact]
    public async Task Counters_and_equal_writes_leave_no_conflict()
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1).Stock = 10);
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { laptop, office })
        {
            await replica.EditPersonAsync(1, person => (person.Stock, person.Email) = (person.Stock + 5, "same@x.org"));
        }

        Assert.Equal(0, (await laptop.SyncAsync(office)).ConflictsResolved);
        Assert.Empty(await laptop.Conflicts.ListAsync().ToListAsync());
        Assert.Equal(20, (await office.GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task A_deletion_shows_what_was_written_meanwhile()
    {
        var (laptop, office) = await ApartAsync(account => account.Status = "active", account => account.Delete());
        Assert.Equal(1, (await laptop.SyncAsync(office)).ConflictsResolved);
        var conflict = Assert.Single(await office.Conflicts.ListAsync().ToListAsync());
        Assert.Equal((ConflictKind.DeletedAndUpdated, "delete_wins"), (conflict.Kind, conflict.Resolution));
        Assert.Equal([new("Status", "active")], conflict.Hidden);
    }

    [Fact]
    public async Task Conflicts_that_come_as_states_are_reported_too()
    {
        var (laptop, office) = await ApartAsync(account => account.Status = "inactive", account => account.Status = "banned");
        await office.CutLogAsync(keep: 0);
        var result = await laptop.SyncAsync(office);
        Assert.Equal(Crdt.Sync.Sessions.SyncMode.Reconciled, result.Mode);
        Assert.Equal(1, result.ConflictsResolved);
    }

    [Fact]
    public async Task A_conflict_is_reported_by_the_session_that_brought_it_and_by_no_later_one()
    {
        var (laptop, office) = await ApartAsync(account => account.Status = "inactive", account => account.Status = "banned");
        await laptop.SyncAsync(office);
        await office.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Level = 9);
        Assert.Equal(0, (await laptop.SyncAsync(office)).ConflictsResolved);
    }

    [Fact]
    public async Task Whoever_watches_is_shown_each_conflict_once_until_the_replica_is_closed()
    {
        var (laptop, office) = await ApartAsync(account => account.Status = "inactive", account => account.Status = "banned");
        await laptop.SyncAsync(office);
        var seen = new List<string>();
        var (second, third) = (new TaskCompletionSource(), new TaskCompletionSource());
        var watching = WatchAsync();
        await laptop.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Owner = "laptop");
        await office.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Owner = "office");
        await laptop.SyncAsync(office);
        await second.Task;
        await laptop.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Level = 1);
        await office.EditAsync(async tx => (await tx.GetAsync<Account>(1))!.Level = 2);
        await laptop.SyncAsync(office);
        await third.Task;
        await _scene.CloseAsync(laptop);
        await watching;
        Assert.Equal(["Status", "Owner", "Level"], seen);

        async Task WatchAsync()
        {
            await foreach (var conflict in laptop.Conflicts.WatchAsync())
            {
                seen.Add(conflict.Field!.Name);
                if (seen.Count == 2) second.SetResult();
                if (seen.Count == 3) third.SetResult();
            }
        }
    }

    private static void Write(Account account, string name, int number)
    {
        (account.Status, account.Owner, account.Level, account.Quota) = (name, name, number, number);
        account.Labels["role"] = name;
    }

    /// <summary>Two who had the same account; the office, online, has written to it first, then the laptop, offline.</summary>
    private async Task<(GraphReplica Laptop, GraphReplica Office)> ApartAsync(Action<Account> laptopWrites, Action<Account> officeWrites)
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Account>(1));
        await laptop.SyncAsync(office);
        await laptop.GoOfflineAsync();
        await office.EditAsync(async tx => officeWrites((await tx.GetAsync<Account>(1))!));
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.EditAsync(async tx => laptopWrites((await tx.GetAsync<Account>(1))!));
        await laptop.GoOnlineAsync();
        return (laptop, office);
    }
}
