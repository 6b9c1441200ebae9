using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>
/// Events that are committed under an older number, an earlier time or a lower place in the log than something that a peer has already: it gets them all the
/// same (Dotmim#300). What is folded into one that was told of is held in <c>TellingTests</c>.
/// </summary>
public sealed class NumberingTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Trap_9_a_transaction_that_was_open_during_a_session_is_sent_by_the_next()
    {
        var (laptop, office) = (await OpenAsync("laptop"), await OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await using var open = await laptop.BeginAsync();
        open.Add<Person>(2).Email = "numbered early";
        _scene.Time.Advance(TimeSpan.FromSeconds(5));
        await office.EditAsync(tx => tx.Add<Person>(3));
        await laptop.SyncAsync(office);
        await open.CommitAsync();
        Assert.Equal(1, (await laptop.SyncAsync(office)).Sent.Events);
        Assert.Equal("numbered early", (await office.GetAsync<Person>(2))!.Email);
        Assert.Equal(office.VectorOf(), laptop.VectorOf());
    }

    [Fact]
    public async Task Trap_9_what_is_committed_while_a_log_is_sent_comes_with_it_or_with_the_next_session()
    {
        for (var at = 0; at < 6; at++)
        {
            var (laptop, office) = (await OpenAsync($"laptop-{at}"), await OpenAsync($"office-{at}"));
            await office.EditAsync(tx => tx.Add<Person>(100)); // An empty one is given states.
            for (var id = 1; id <= 4; id++) await laptop.EditAsync(tx => tx.Add<Person>(id).Email = new('x', 524_288));
            var (here, there) = InMemoryTransport.CreatePair();
            var number = at;
            var hooked = new HookedTransport(here, (frame, _) => frame == number ? laptop.EditAsync(tx => tx.Add<Person>(9).Email = "meanwhile") : Task.CompletedTask);
            await Task.WhenAll(laptop.SyncAsync(hooked), office.SyncAsync(there));
            await laptop.SyncAsync(office);
            Assert.Equal("meanwhile", (await office.GetAsync<Person>(9))!.Email);
            Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
        }
    }

    [Fact]
    public async Task Trap_9_what_lies_in_the_log_before_something_that_the_peer_has_is_sent_all_the_same()
    {
        var (laptop, office, phone) = (await OpenAsync("laptop"), await OpenAsync("office"), await OpenAsync("phone"));
        foreach (var replica in new[] { office, phone }) await replica.EditAsync(tx => tx.Add<Person>(replica == office ? 1 : 3));
        Assert.Equal(SyncMode.Incremental, (await phone.SyncAsync(office)).Mode);
        await laptop.EditAsync(tx => tx.Add<Person>(2).Email = "first in the log");
        Assert.Equal(SyncMode.Incremental, (await laptop.SyncAsync(phone)).Mode);
        var result = await laptop.SyncAsync(office);
        Assert.Equal((SyncMode.Incremental, 1), (result.Mode, result.Sent.Events));
        Assert.Equal("first in the log", (await office.GetAsync<Person>(2))!.Email);
    }

    [Fact]
    public async Task Trap_9_a_commit_that_was_refused_leaves_no_gap_before_the_next()
    {
        var (laptop, office) = (await OpenAsync("laptop"), await OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await Assert.ThrowsAsync<EntityExistsException>(() => laptop.EditAsync(tx => tx.Add<Person>(1)));
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        await laptop.SyncAsync(office);
        Assert.NotNull(await office.GetAsync<Person>(2));
        Assert.Equal(laptop.VectorOf(), office.VectorOf());
    }

    private Task<GraphReplica> OpenAsync(string name) => _scene.OpenAsync(name, configure: options => options.UseMemory());
}
