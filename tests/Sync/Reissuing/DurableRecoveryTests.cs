using Crdt.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Reissuing;

/// <summary>The same in files: the id, the lease, and the graph database that shows the data.</summary>
public sealed class DurableRecoveryTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_new_id_outlives_the_process_and_the_database_follows_without_being_made_anew()
    {
        var (time, right) = (new MovableTime(), _scene.Time);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true, time: time);
        await laptop.EditAsync(tx => (tx.Add<Person>(1).Stock, tx.Add<Place>("Hill").Height) = (5, 1));
        time.Advance(WrongClock.Lead);
        await laptop.EditPersonAsync(1, ann => (ann.Stock, ann.Email) = (ann.Stock + 10, "ahead"));
        await laptop.EditAsync(async tx => (await tx.GetAsync<Place>("Hill"))!.Delete());
        await laptop.ProjectedAsync();
        await _scene.CloseAsync(laptop);
        var former = laptop.Id;

        time.Advance(-WrongClock.Lead);
        laptop = await _scene.OpenAsync("laptop", kuzu: true, time: time);
        var id = laptop.Id;
        Assert.NotEqual(former, id);
        Assert.Empty(laptop.Rebuilds);
        Assert.Equal(["1|ahead|15"], await laptop.RowsAsync("MATCH (p:Person) RETURN p.Id, p.Email, p.Stock"));
        Assert.True((await laptop.VerifyAsync()).IsClean);
        await _scene.CloseAsync(laptop);

        laptop = await _scene.OpenAsync("laptop", kuzu: true, time: time);
        Assert.Equal(id, laptop.Id);
        Assert.Empty(laptop.Rebuilds);
        Assert.Equal([IncarnationReason.Created, IncarnationReason.ClockAhead], laptop.Incarnations.Select(incarnation => incarnation.Reason));
        var office = await _scene.OpenAsync("office", time: right);
        Assert.Equal(0, (await office.SyncAsync(laptop)).Held);
        Assert.Equal((15, "ahead"), ((await office.GetAsync<Person>(1))!.Stock, (await office.GetAsync<Person>(1))!.Email));
        Assert.Null(await office.GetAsync<Place>("Hill"));
        Assert.Equal(laptop.VectorOf(), office.VectorOf());
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    /// <summary>A clock that forgot the time altogether looks like one that is right again; a store that can be opened once can be opened twice.</summary>
    [Fact]
    public async Task An_id_that_began_before_1970_can_be_read_again()
    {
        var time = new MovableTime();
        var laptop = await _scene.OpenAsync("laptop", time: time);
        await laptop.EditAsync(tx => tx.Add<Person>(1).Stock = 5);
        await _scene.CloseAsync(laptop);
        time.Advance(TimeSpan.FromDays(-365 * 80));
        laptop = await _scene.OpenAsync("laptop", time: time);
        var id = laptop.Id;
        Assert.Equal(IncarnationReason.ClockAhead, laptop.Incarnations[^1].Reason);
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", time: time);
        Assert.Equal((id, 2), (laptop.Id, laptop.Incarnations.Count));
    }
}
