using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Every kind of field travels through transactions, events, stores and the graph database.</summary>
public sealed class KindTests : IAsyncDisposable
{
    private const string Shown =
        "MATCH (k:Kit) RETURN k.Id, k.Day, k.Sizes, k.Phones, k.Best, k.Views, k.Active, k.Visible, k.Steps, k.Labels, k.Votes, k.Spot.Street, k.Seats ORDER BY k.Id";

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_two_replicas_write_apart_comes_together()
    {
        var (office, laptop) = await ApartAsync();
        await EditAsync(office, kit => Write(kit, 1, DayOfWeek.Monday));
        await EditAsync(laptop, kit => Write(kit, 2, DayOfWeek.Tuesday));
        await office.SyncAsync(laptop);
        foreach (var replica in new[] { office, laptop })
        {
            var kit = (await replica.GetAsync<Kit>(1))!;
            Assert.Equal(["+1", "+2"], kit.Phones);
            Assert.Equal((2, new DateOnly(2026, 1, 1), 3, true, false), (kit.Best, kit.First, kit.Views, kit.Active, kit.Visible));
            Assert.Equal((30, 30), (kit.Seats, kit.SeatsRights.InAll));
            Assert.Equal((3, "x"), (kit.Votes["tea"], kit.Labels["of 1"]));
            Assert.Contains(string.Join(' ', kit.Steps), new[] { "a1 b1 a2 b2", "a2 b2 a1 b1" });
            Assert.Equal("Main", kit.Spot!.Street);
        }

        Assert.Equal(await office.RowsAsync(Shown), await laptop.RowsAsync(Shown));
        Assert.Equal((await office.GetAsync<Kit>(1))!.Encode(), (await laptop.GetAsync<Kit>(1))!.Encode());
    }

    [Fact]
    public async Task A_write_brings_back_what_was_deleted_concurrently_and_shows_it()
    {
        var (office, laptop) = await ApartAsync();
        await EditAsync(laptop, kit => Write(kit, 1, DayOfWeek.Monday));
        await office.SyncAsync(laptop);
        await office.EditAsync(async transaction => (await transaction.GetAsync<Kit>(1))!.Delete());
        Assert.Empty(await office.RowsAsync(Shown));
        await EditAsync(laptop, kit => kit.Steps.Add("late"));
        await office.SyncAsync(laptop);
        var row = Assert.Single(await office.RowsAsync(Shown));
        Assert.Contains("late", row, StringComparison.Ordinal);
        Assert.Equal([row], await laptop.RowsAsync(Shown));
        Assert.Empty(await office.ConflictsAsync().Where(conflict => conflict.Field is null).ToListAsync());
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> ApartAsync()
    {
        var (office, laptop) = (await _scene.OpenAsync("office", kuzu: true), await _scene.OpenAsync("laptop", kuzu: true));
        await office.EditAsync(transaction => transaction.Add<Kit>(1));
        await office.SyncAsync(laptop);
        return (office, laptop);
    }

    private static Task EditAsync(GraphReplica replica, Action<Kit> edit) =>
        replica.EditAsync(async transaction => edit(await transaction.GetAsync<Kit>(1) ?? throw new InvalidOperationException()));

    private static void Write(Kit kit, int number, DayOfWeek day)
    {
        (kit.Day, kit.Sizes, kit.Spot, kit.Best) = (day, [number, number + 1], new("Main", number), number);
        (kit.First, kit.Active, kit.Visible) = (new DateOnly(2026, 1, number), true, false);
        kit.Phones.Set($"+{number}");
        kit.Views += number;
        kit.Seats += 10 * number;
        kit.Labels[$"of {number}"] = "x";
        kit.Votes["tea"] += number;
        kit.Steps.Add($"a{number}");
        kit.Steps.Add($"b{number}");
    }
}
