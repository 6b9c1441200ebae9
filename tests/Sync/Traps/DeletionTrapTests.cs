using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>Deletions of which nothing is left but the vector, and a peer that knows nothing of them.</summary>
public sealed class DeletionTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_4_a_peer_that_comes_back_after_years_resurrects_nothing(bool isCut)
    {
        var lateDisk = new InMemoryDisk();
        var (office, laptop, late) = (await OpenAsync("office"), await OpenAsync("laptop"), await OpenAsync("late", lateDisk));
        await office.EditAsync(tx =>
        {
            for (var id = 1; id <= 20; id++) tx.Add<Person>(id).Email = "early";
        });
        await late.SyncAsync(office);
        await late.EditPersonAsync(2, person => person.Email = "written away");
        await _scene.CloseAsync(late);

        for (var id = 3; id <= 20; id++) await office.EditPersonAsync(id, person => person.Delete());
        await laptop.SyncAsync(office);
        _scene.Time.Advance(TimeSpan.FromDays(3650));
        await laptop.EditPersonAsync(1, person => person.Email = "late");
        if (isCut)
        {
            await office.CutLogAsync(keep: 0);
            await laptop.CutLogAsync(keep: 0);
        }

        late = await OpenAsync("late", lateDisk);
        await late.SyncAsync(laptop);
        await office.SyncAsync(late);
        var newcomer = await OpenAsync("newcomer");
        await newcomer.SyncAsync(late);
        foreach (var replica in new[] { office, laptop, late, newcomer })
        {
            Assert.Equal(2, (await replica.CountAsync())["Person"]);
            Assert.Equal(("late", "written away"), ((await replica.GetAsync<Person>(1))!.Email, (await replica.GetAsync<Person>(2))!.Email));
            Assert.Equal(2, (await replica.GetMerkleTreeAsync()).Count);
        }
    }

    /// <summary>Such events come from a replica that was opened from an older copy of its files, and folded what it had told of.</summary>
    [Fact]
    public void Trap_4_an_event_of_which_the_beginning_was_deleted_since_does_not_bring_that_back()
    {
        var replica = new Replica("copied");
        var person = new Person(replica, 1) { Email = "known" };
        var vector = new VersionVector();
        vector.Advance(replica.Id, replica.LastNumber);
        person.Age = 5;
        var writer = new WireWriter(256);
        person.State.WriteState(ref writer, person.State.Pending);
        var folded = EventCodec.Create("main", replica.Id, 1, replica.LastNumber, Stamp.FromTime(DateTimeOffset.MaxValue), new(), [new(Person.IdOf(1), writer.Finish())]);

        var application = new EventApplication(new() { [Person.IdOf(1)] = default }, vector);
        application.Apply(folded);
        var row = Assert.Single(application.Changes(TestSchema.Instance)).Write;
        Assert.False(row.IsAlive);
        Assert.True(row.InConflict); // What was not known is new: a change of what was deleted.
    }

    private Task<GraphReplica> OpenAsync(string name, InMemoryDisk? disk = null) => _scene.OpenAsync(name, configure: options => options.UseMemory(disk ?? new()));
}
