using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What a transaction promises on one replica.</summary>
public sealed class TransactionTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_is_not_committed_never_was()
    {
        var replica = await _scene.OpenAsync("office");
        await using (var transaction = await replica.BeginAsync()) transaction.Add<Person>(1).Email = "lost";
        Assert.Null(await replica.GetAsync<Person>(1));
        Assert.Empty(replica.VectorOf().Entries);
    }

    [Fact]
    public async Task A_transaction_is_one_event()
    {
        var replica = await _scene.OpenAsync("office");
        await using var transaction = await replica.BeginAsync();
        transaction.Add<Person>(1).Stock = 3;
        transaction.Add<Person>(2);
        var committed = Assert.Single(await transaction.CommitAsync());
        Assert.Equal((1UL, 3UL, 2), (committed.First, committed.Last, committed.Changes.Count));
    }

    [Fact]
    public async Task A_copy_of_what_belongs_to_a_transaction_can_only_be_read_and_merged()
    {
        var replica = await _scene.OpenAsync("office");
        await using var transaction = await replica.BeginAsync();
        var place = transaction.Add<Place>("Hill");
        place.Height = 3;
        var copy = place with { };
        place.Height = 4;
        Assert.Equal((3, 4), (copy.Height, place.Height));
        Assert.Throws<InvalidOperationException>(() => place with { Height = 5 });
        copy.Merge(place);
        Assert.Equal(place, copy);
        await transaction.CommitAsync();
        Assert.Equal(4, (await replica.GetAsync<Place>("Hill"))!.Height);
        Assert.Equal(4, copy.Height);
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_restart()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx => tx.Add<Person>(1).Stock = 3);
        var id = replica.Id;
        await _scene.CloseAsync(replica);
        replica = await _scene.OpenAsync("office");
        await replica.EditPersonAsync(1, ann => ann.Stock += 4);
        Assert.Equal((id, 7), (replica.Id, (await replica.GetAsync<Person>(1))!.Stock));
    }

    [Fact]
    public async Task Creating_what_exists_is_refused_and_nothing_of_it_is_committed()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx => tx.Add<Person>(1).Email = "ann@x.org");
        var error = await Assert.ThrowsAsync<EntityExistsException>(() => replica.EditAsync(tx =>
        {
            tx.Add<Person>(2);
            tx.Add<Person>(1).Email = "other";
        }));
        Assert.Equal(Person.IdOf(1), error.Id);
        Assert.Null(await replica.GetAsync<Person>(2));
        Assert.Equal("ann@x.org", (await replica.GetAsync<Person>(1))!.Email);
        await replica.EditAsync(tx => tx.Add<Person>(2));
    }

    [Fact]
    public async Task An_object_outlives_its_transaction_as_something_to_read()
    {
        var replica = await _scene.OpenAsync("office");
        Person? ann = null;
        await replica.EditAsync(tx => (ann = tx.Add<Person>(1)).Email = "ann@x.org");
        Assert.Equal("ann@x.org", ann!.Email);
        Assert.Contains("committed", Assert.Throws<InvalidOperationException>(() => ann.Email = "late").Message);
        Assert.Contains("read", Assert.Throws<InvalidOperationException>(() => ReadOnly(replica).Email = "no").Message);
    }

    [Fact]
    public async Task Objects_of_a_transaction_do_not_merge_behind_its_back()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx =>
        {
            var ann = tx.Add<Person>(1);
            var stranger = new Person(new Replica("phone"), 1);
            Assert.Contains("sync", Assert.Throws<InvalidOperationException>(() => ann.Merge(stranger)).Message);
        });
    }

    [Fact]
    public async Task Transactions_take_turns()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx => tx.Add<Person>(1));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => replica.EditPersonAsync(1, ann => ann.Stock++))));
        Assert.Equal(20, (await replica.GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task Ends_have_to_be_of_the_types_that_are_connected()
    {
        var replica = await _scene.OpenAsync("office");
        await using var transaction = await replica.BeginAsync();
        var error = Assert.Throws<ArgumentException>(() => transaction.Connect<Knows>(Person.IdOf(1), Place.IdOf("Bern")));
        Assert.Contains("connects Person to Person", error.Message);
        Assert.Throws<ArgumentException>(() => transaction.Add<Person>("one"));
        Assert.Throws<ArgumentException>(() => transaction.Connect<Knows>(Person.IdOf(1), Person.IdOf(2), 5));
    }

    [Fact]
    public async Task A_transaction_that_is_too_large_says_so_and_leaves_nothing()
    {
        var replica = await _scene.OpenAsync("office");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => replica.EditAsync(tx =>
        {
            for (var i = 0; i < 20; i++) tx.Add<Person>(i).Email = new('x', 300_000);
        }));
        Assert.Contains("Split", error.Message);
        Assert.Equal(0, (await replica.CountAsync())["Person"]);
    }

    [Fact]
    public async Task An_entity_that_grows_too_large_is_refused_where_it_is_written()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx => tx.Add<Person>(1));
        for (var i = 0; i < 2; i++) await replica.EditPersonAsync(1, ann => ann.Tags.Add(new((char)('a' + i), 400_000)));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => replica.EditPersonAsync(1, ann => ann.Tags.Add(new('c', 400_000))));
        Assert.Contains("the limit is", error.Message);
        Assert.Equal(2, (await replica.GetAsync<Person>(1))!.Tags.Count);
    }

    [Fact]
    public async Task An_entity_that_grows_too_large_by_merging_blocks_nobody()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        foreach (var (replica, letter) in new[] { (office, 'a'), (laptop, 'k') })
        {
            for (var i = 0; i < 2; i++) await replica.EditPersonAsync(1, ann => ann.Tags.Add(new((char)(letter + i), 400_000)));
        }

        await laptop.SyncAsync(office);
        await office.EditPersonAsync(1, ann => ann.Tags.Clear());
        await laptop.SyncAsync(office);
        Assert.Empty((await laptop.GetAsync<Person>(1))!.Tags);
    }

    [Fact]
    public async Task A_transaction_that_is_disposed_while_it_commits_keeps_its_turn()
    {
        var replica = await _scene.OpenAsync("office");
        await replica.EditAsync(tx => tx.Add<Person>(1));
        var commits = new List<Task>();
        for (var i = 0; i < 50; i++)
        {
            var transaction = await replica.BeginAsync();
            (await transaction.GetAsync<Person>(1))!.Stock++;
            commits.Add(Task.Run(() => transaction.CommitAsync().AsTask()));
            await transaction.DisposeAsync();
        }

        var failures = 0;
        foreach (var commit in commits)
        {
            // Whether disposing or committing came first is open; either way it is all or nothing.
            if (await Record.ExceptionAsync(() => commit) is InvalidOperationException) failures++;
        }

        Assert.Equal(50 - failures, (await replica.GetAsync<Person>(1))!.Stock);
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var transaction = await replica.BeginAsync();
            await transaction.CommitAsync();
            await transaction.CommitAsync();
        });
    }

    [Fact]
    public async Task Whoever_waits_for_a_replica_that_is_closed_is_told()
    {
        var replica = await _scene.OpenAsync("office");
        var transaction = await replica.BeginAsync();
        var closing = replica.DisposeAsync();
        var waiting = replica.BeginAsync();
        transaction.Add<Person>(1);
        await transaction.CommitAsync();
        await closing;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await replica.GetAsync<Person>(1));
        await replica.DisposeAsync();
    }

    private static Person ReadOnly(GraphReplica replica) => replica.GetAsync<Person>(1).AsTask().GetAwaiter().GetResult()!;
}
