using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>Clocks that are wrong, and clocks that stand still.</summary>
public sealed class ClockTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_5_a_clock_that_is_ahead_wins_nothing_and_leads_no_other_astray(bool isCut)
    {
        var fast = new MovableTime();
        var (office, laptop, phone) = (await OpenAsync("office", time: fast), await OpenAsync("laptop"), await OpenAsync("phone"));
        await laptop.EditAsync(tx => tx.Add<Person>(1).Email = "shared");
        await office.SyncAsync(laptop);
        fast.Advance(TimeSpan.FromDays(3650));
        await office.EditPersonAsync(1, person => person.Email = "from the future");
        if (isCut) await office.CutLogAsync(keep: 0);
        await laptop.SyncAsync(office);
        var written = await WriteAsync(laptop, "now");
        Assert.True(written.Milliseconds <= _scene.Time.GetUtcNow().ToUnixTimeMilliseconds());
        await phone.SyncAsync(laptop);
        foreach (var replica in new[] { laptop, phone }) Assert.Equal("now", (await replica.GetAsync<Person>(1))!.Email);

        _scene.Time.Advance(TimeSpan.FromDays(3651));
        fast.Advance(TimeSpan.FromDays(1));
        await laptop.SyncAsync(office);
        await WriteAsync(laptop, "later");
        await office.SyncAsync(laptop);
        Assert.Equal("later", (await office.GetAsync<Person>(1))!.Email);
        Assert.Empty(await office.ConflictsAsync().ToListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_5_writes_at_one_time_follow_each_other_on_both_sides_and_after_a_restart(bool isCut)
    {
        var disk = new InMemoryDisk();
        var (laptop, office) = (await OpenAsync("laptop", disk), await OpenAsync("office"));
        await office.EditAsync(tx => tx.Add<Person>(100)); // An empty one is given states.
        List<Stamp> stamps = [await AddAsync(laptop, 1)];
        for (var i = 0; i < 3; i++) stamps.Add(await WriteAsync(laptop, $"{i}"));
        await _scene.CloseAsync(laptop);
        laptop = await OpenAsync("laptop", disk);
        // To others, since what is read for writing is seen as well.
        stamps.Add(await AddAsync(laptop, 2));
        if (isCut) await laptop.CutLogAsync(keep: 0);
        Assert.Equal(isCut ? SyncMode.Reconciled : SyncMode.Incremental, (await office.SyncAsync(laptop)).Mode);
        stamps.Add(await AddAsync(office, 3));
        Assert.Equal(stamps.Distinct().Order(), stamps);
    }

    private static async Task<Stamp> AddAsync(GraphReplica replica, long id)
    {
        await using var transaction = await replica.BeginAsync();
        transaction.Add<Person>(id);
        return (await transaction.CommitAsync())[0].Stamp;
    }

    private static async Task<Stamp> WriteAsync(GraphReplica replica, string email)
    {
        await using var transaction = await replica.BeginAsync();
        (await transaction.GetAsync<Person>(1))!.Email = email;
        return (await transaction.CommitAsync())[0].Stamp;
    }

    private Task<GraphReplica> OpenAsync(string name, InMemoryDisk? disk = null, MovableTime? time = null) =>
        _scene.OpenAsync(name, time: time, configure: options => options.UseMemory(disk ?? new()));
}
