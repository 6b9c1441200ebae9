using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Reissuing;

/// <summary>What a replica wrote while its clock was wrong is issued again once its clock is right, and counts once.</summary>
public sealed partial class ClockRecoveryTests : IAsyncDisposable
{
    private readonly WrongClock _clocks = new();

    public ValueTask DisposeAsync() => _clocks.DisposeAsync();

    [Fact]
    public async Task Trap_5_what_was_written_with_a_clock_three_days_ahead_arrives_when_the_clock_is_right()
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        _clocks.SetWrong();
        await WriteAsync(laptop);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 1000);
        await office.EditPersonAsync(1, ann => (ann.Age, ann.Stock) = (50, ann.Stock + 20));
        await office.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Steps.Add("office"));
        Assert.True((await office.SyncAsync(laptop)).Held > 0);
        Assert.Equal("ann", (await office.GetAsync<Person>(1))!.Email);

        laptop = await _clocks.RecoverAsync(laptop);
        Assert.NotEqual(former, laptop.Id);
        Assert.Equal([IncarnationReason.Created, IncarnationReason.ClockAhead], laptop.Incarnations.Select(incarnation => incarnation.Reason));
        Assert.Equal([former, laptop.Id], laptop.Incarnations.Select(incarnation => incarnation.Replica));
        _clocks.Pass(TimeSpan.FromSeconds(1));
        await office.EditPersonAsync(2, bob => bob.Email = "later");

        Assert.Equal(0, (await office.SyncAsync(laptop)).Held);
        await _clocks.AssertEqualAsync(laptop, office);
        await RequireWrittenAsync(office);
        // Written after the clock was right again, it wins over what had seemed to come from the future.
        Assert.Equal("later", (await laptop.GetAsync<Person>(2))!.Email);
        Assert.Equal(5 + 7 + 1000 + 20, (await laptop.GetAsync<Person>(1))!.Stock);
        Assert.Equal(["Email", "Age"], (await laptop.ConflictsAsync().ToListAsync()).Select(conflict => conflict.Field?.Name).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task The_laptop_writes_on_and_everything_counts_once()
    {
        var (laptop, office) = await MeetAsync();
        _clocks.SetWrong();
        await WriteAsync(laptop);
        laptop = await _clocks.RecoverAsync(laptop);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 10_000);
        await laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Steps.Move(0, 1));
        await office.SyncAsync(laptop);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 100_000);
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        Assert.Equal(5 + 7 + 110_000, (await office.GetAsync<Person>(1))!.Stock);
    }

    /// <summary>The totals move to the new id with their write; what was given to the old one stays there, and nobody uses it a second time.</summary>
    [Fact]
    public async Task Rights_that_were_used_stay_used_and_count_once()
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        await office.EditAsync(async tx =>
        {
            var kit = (await tx.GetAsync<Kit>(1))!;
            kit.Seats += 10;
            kit.GiveSeats(former, 6);
        });
        await laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats += 3);
        await office.SyncAsync(laptop);
        _clocks.SetWrong();
        await laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats -= 8);
        laptop = await _clocks.RecoverAsync(laptop);
        await Assert.ThrowsAsync<InsufficientRightsException>(() => laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats--));
        await laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Seats += 7);
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        var kit = (await office.GetAsync<Kit>(1))!;
        Assert.Equal((12, 4, 2, 6), (kit.Seats, kit.SeatsRights.Of(office.Id), kit.SeatsRights.Of(laptop.Id), kit.SeatsRights.Of(former)));
    }

    [Fact]
    public async Task A_second_opening_does_nothing()
    {
        var (laptop, _) = await MeetAsync();
        _clocks.SetWrong();
        await WriteAsync(laptop);
        laptop = await _clocks.RecoverAsync(laptop);
        var (id, rows) = (laptop.Id, await WrongClock.RowsAsync(_clocks.LaptopDisk));
        await _clocks.CloseAsync(laptop);
        laptop = await _clocks.OpenLaptopAsync();
        Assert.Equal((id, 2), (laptop.Id, laptop.Incarnations.Count));
        Assert.Equal(rows, await WrongClock.RowsAsync(_clocks.LaptopDisk));
    }

    [Fact]
    public async Task It_stays_offline_and_what_was_issued_again_waits_for_a_peer()
    {
        var (laptop, office) = await MeetAsync();
        _clocks.SetWrong();
        await laptop.GoOfflineAsync();
        await laptop.EditPersonAsync(1, ann => ann.Email = "offline");
        await laptop.ShowAsync();
        await laptop.EditPersonAsync(1, ann => ann.Age = 3);
        Assert.Equal(2, await laptop.WaitingAsync());
        laptop = await _clocks.RecoverAsync(laptop);
        Assert.True(laptop.IsOffline);
        Assert.Equal(2, await laptop.WaitingAsync());
        Assert.Equal(2, (await laptop.SyncAsync(office)).SyncedOperations);
        Assert.Equal(0, await laptop.WaitingAsync());
        Assert.Equal(("offline", 3), ((await office.GetAsync<Person>(1))!.Email, (await office.GetAsync<Person>(1))!.Age));
    }

    [Fact]
    public async Task What_was_written_before_keeps_its_name_and_its_time()
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        await laptop.EditPersonAsync(2, bob => bob.Email = "before");
        var before = laptop.VectorOf()[former];
        _clocks.SetWrong();
        await laptop.EditPersonAsync(2, bob => bob.Age = 9);
        laptop = await _clocks.RecoverAsync(laptop);
        Assert.Equal((before, 1UL), (laptop.VectorOf()[former], laptop.VectorOf()[laptop.Id]));
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
    }

    [Fact]
    public async Task A_transaction_over_two_lanes_has_one_time_and_dots_of_its_own_in_each()
    {
        var (laptop, office) = await MeetAsync();
        _clocks.SetWrong();
        await laptop.EditAsync(async tx => ((await tx.GetAsync<Person>(1))!.Email, tx.Add<Place>("Dale").Height) = ("both", 1));
        await laptop.EditAsync(async tx => (await tx.GetAsync<Place>("Dale"))!.Height = 2);
        laptop = await _clocks.RecoverAsync(laptop);
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        Assert.Equal(("both", 2.0), ((await office.GetAsync<Person>(1))!.Email, (await office.GetAsync<Place>("Dale"))!.Height));
        Assert.True(laptop.VectorOf()[laptop.Id] > 0 && laptop.VectorOf("places")[laptop.Id] > 0);
    }

    [Fact]
    public async Task What_is_not_in_the_log_any_more_is_not_issued_again_and_arrives_in_its_time()
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        _clocks.SetWrong();
        await WriteAsync(laptop);
        foreach (var lane in TestSchema.Instance.Lanes) await laptop.CutLogAsync(keep: 0, lane);
        laptop = await _clocks.RecoverAsync(laptop);
        Assert.Equal(former, laptop.Id);
        _clocks.Pass(TimeSpan.FromDays(4));
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
        await RequireWrittenAsync(office);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_clock_alone_goes_back_only_where_no_row_holds_a_later_time(bool holdsTimes)
    {
        var (laptop, office) = await MeetAsync();
        var former = laptop.Id;
        _clocks.SetWrong();
        var shop = await _clocks.OpenAsync("shop", new(), _clocks.LaptopTime);
        await shop.SyncAsync(laptop);
        // Increments carry no time; the items of a list do, and a move would carry it along in an event that is earlier.
        await shop.EditAsync(async tx =>
        {
            var kit = (await tx.GetAsync<Kit>(1))!;
            kit.Views += 1;
            if (holdsTimes) kit.Steps.Add("shop");
        });
        await shop.SyncAsync(laptop);
        laptop = await _clocks.RecoverAsync(laptop);
        var lead = new HybridClock(_clocks.OfficeTime).LeadOf(await WrongClock.ClockAsync(_clocks.LaptopDisk));
        Assert.Equal((former, holdsTimes), (laptop.Id, lead > TimeSpan.FromMinutes(1)));
        await laptop.EditAsync(async tx => (await tx.GetAsync<Kit>(1))!.Steps.Move(0, holdsTimes ? 2 : 1));
        _clocks.Pass(TimeSpan.FromDays(4));
        await office.SyncAsync(laptop);
        await _clocks.AssertEqualAsync(laptop, office);
    }

    [Fact]
    public async Task A_clock_within_the_bound_changes_nothing()
    {
        var (laptop, _) = await MeetAsync();
        var former = laptop.Id;
        _clocks.LaptopTime.Advance(TimeSpan.FromSeconds(59));
        await laptop.EditPersonAsync(1, ann => ann.Age = 1);
        await _clocks.CloseAsync(laptop);
        _clocks.LaptopTime.Advance(TimeSpan.FromSeconds(-59));
        Assert.Equal(former, (await _clocks.OpenLaptopAsync()).Id);
    }

    private async Task<(GraphReplica Laptop, GraphReplica Office)> MeetAsync()
    {
        var (laptop, office) = (await _clocks.OpenLaptopAsync(), await _clocks.OpenOfficeAsync());
        await office.EditAsync(tx =>
        {
            (tx.Add<Person>(1).Email, tx.Add<Person>(2).Email, tx.Add<Person>(3).Email) = ("ann", "bob", "cid");
            tx.Add<Place>("Hill").Height = 3;
            var kit = tx.Add<Kit>(1);
            kit.Steps.Add("a");
            kit.Steps.Add("b");
        });
        await office.EditPersonAsync(1, ann => ann.Stock += 5);
        await office.SyncAsync(laptop);
        await laptop.EditPersonAsync(1, ann => ann.Stock += 7);
        await office.SyncAsync(laptop);
        return (laptop, office);
    }

    /// <summary>Something of every kind, also to what was there before.</summary>
    private static async Task WriteAsync(GraphReplica replica)
    {
        await replica.EditAsync(async tx =>
        {
            var (ann, bob) = ((await tx.GetAsync<Person>(1))!, (await tx.GetAsync<Person>(2))!);
            (ann.Email, bob.Email, ann.Age) = ("ahead", "ahead", 44);
            ann.Tags.Add("x");
            tx.Connect<Knows>(ann, bob).Since = new(2026, 1, 1);
            tx.Connect<LivesIn>(ann, (await tx.GetAsync<Place>("Hill"))!, 2026);
        });
        await replica.EditAsync(async tx =>
        {
            (await tx.GetAsync<Person>(3))!.Delete();
            (await tx.GetAsync<Place>("Hill"))!.Height = 8;
            tx.Add<Person>(4).Tags.Add("new");
            var kit = (await tx.GetAsync<Kit>(1))!;
            (kit.Day, kit.Sizes, kit.Spot, kit.Best, kit.First) = (DayOfWeek.Friday, [1, 2], new("Main", 3), 9, new(2026, 1, 1));
            (kit.Views, kit.Active, kit.Visible) = (kit.Views + 4, true, true);
            kit.Phones.Set("+1");
            (kit.Labels["l"], kit.Votes["tea"]) = ("m", 6);
            kit.Steps.Insert(1, "between");
            kit.Steps.Move(0, 2);
        });
        await replica.EditAsync(async tx =>
        {
            (await tx.GetAsync<Person>(1))!.Tags.Add("y");
            (await tx.GetAsync<Kit>(1))!.Votes["tea"] += 1;
            (await tx.GetAsync<Person>(4))!.Delete();
        });
    }

    private static async Task RequireWrittenAsync(GraphReplica replica)
    {
        var (ann, kit) = ((await replica.GetAsync<Person>(1))!, (await replica.GetAsync<Kit>(1))!);
        Assert.Equal(("ahead", "x y"), (ann.Email, string.Join(' ', ann.Tags.Order(StringComparer.Ordinal))));
        Assert.Null(await replica.GetAsync<Person>(3));
        Assert.Null(await replica.GetAsync<Person>(4));
        Assert.Equal((DayOfWeek.Friday, 9, 4, true, 7, "m"), (kit.Day, kit.Best, kit.Views, kit.Active, kit.Votes["tea"], kit.Labels["l"]));
        Assert.StartsWith("between b a", string.Join(' ', kit.Steps.Where(step => step != "office")), StringComparison.Ordinal);
        Assert.Equal(8, (await replica.GetAsync<Place>("Hill"))!.Height);
        var counts = await replica.CountAsync();
        Assert.Equal((1, 1, 2), (counts["KNOWS"], counts["LIVES_IN"], counts["Person"]));
    }
}
