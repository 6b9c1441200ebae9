using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>Replicas that come together by comparing states, because a log no longer helps.</summary>
public sealed class ReconciliationTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_log_that_was_cut_off_is_made_up_for_by_states()
    {
        var (office, laptop) = await PairAsync(people: 50);
        await EditBothAsync(office, laptop);
        await office.CutLogAsync(keep: 0);
        var result = await laptop.SyncAsync(office);
        Assert.Equal(SyncMode.Reconciled, result.Mode);
        Assert.Equal("a log does not go back far enough", result.Lanes["main"].Reason);
        await AssertEqualAsync(office, laptop);
        Assert.Null(await laptop.GetAsync<Person>(2)); // deleted in the office
        Assert.Null(await office.GetAsync<Person>(3)); // deleted on the laptop
        Assert.Equal("office", (await laptop.GetAsync<Person>(4))!.Email);
        Assert.Equal("laptop", (await office.GetAsync<Person>(5))!.Email);
        Assert.Equal(-7, (await office.GetAsync<Person>(6))!.Stock);
        Assert.Equal(SyncMode.Equal, (await office.SyncAsync(laptop)).Mode);
    }

    [Fact]
    public async Task Only_what_differs_is_sent()
    {
        var (office, laptop) = await PairAsync(people: 200);
        foreach (var id in new[] { 7, 70, 170 }) await office.EditPersonAsync(id, person => person.Age = 99);
        await laptop.EditPersonAsync(8, person => person.Age = 9);
        await office.CutLogAsync(keep: 0);
        var result = await laptop.SyncAsync(office);
        Assert.Equal((4, 4), (result.Received.Entities, result.Sent.Entities));
        await AssertEqualAsync(office, laptop);
    }

    [Fact]
    public async Task What_was_taken_over_as_states_is_not_served_as_events()
    {
        var (office, laptop) = await PairAsync(people: 20);
        var phone = await _scene.OpenAsync("phone");
        await phone.SyncAsync(office);
        await office.EditPersonAsync(1, person => person.Age = 50);
        await office.CutLogAsync(keep: 0);
        await laptop.SyncAsync(office);
        await laptop.EditPersonAsync(1, person => person.Stock += 1);
        // The laptop's log has its own event and lacks the office's, which came before it.
        var result = await phone.SyncAsync(laptop);
        Assert.Equal(SyncMode.Reconciled, result.Mode);
        await AssertEqualAsync(phone, laptop);
        Assert.Equal(50, (await phone.GetAsync<Person>(1))!.Age);
    }

    [Fact]
    public async Task An_empty_replica_takes_everything_in_one_step()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await AddAsync(office, 3_000);
        await office.CutLogAsync(keep: 0);
        var seen = new HashSet<int>();
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(there, async (_, _) => seen.Add(await CountAsync(laptop)));
        await Task.WhenAll(laptop.SyncAsync(here), office.SyncAsync(hooked));
        Assert.Equal(3_000, await CountAsync(laptop));
        Assert.Subset(new HashSet<int> { 0, 3_000 }, seen);
        await AssertEqualAsync(office, laptop);
    }

    [Fact]
    public async Task Commits_on_both_sides_in_the_middle_of_a_reconciliation_are_kept()
    {
        for (var at = 0; at < 8; at++)
        {
            var (office, laptop) = await PairAsync(people: 40, suffix: $"-{at}");
            await EditBothAsync(office, laptop);
            await office.CutLogAsync(keep: 0);
            var (here, there) = InMemoryTransport.CreatePair();
            var frame = at;
            var hooked = new HookedTransport(there, (number, _) => number == frame ? MeanwhileAsync(office, laptop) : Task.CompletedTask);
            await Task.WhenAll(laptop.SyncAsync(here), office.SyncAsync(hooked));
            await laptop.SyncAsync(office);
            await AssertEqualAsync(office, laptop);
            Assert.Null(await laptop.GetAsync<Person>(10));
            Assert.Null(await office.GetAsync<Person>(11));
            Assert.Equal(-14, (await office.GetAsync<Person>(6))!.Stock);
            Assert.Equal(("meanwhile", 5L), ((await office.GetAsync<Person>(12))!.Email, (await office.GetAsync<Person>(12))!.Stock));
            await _scene.CloseAsync(office);
            await _scene.CloseAsync(laptop);
        }
    }

    [Fact]
    public async Task An_event_from_a_third_replica_in_the_middle_of_a_reconciliation_is_kept()
    {
        for (var at = 0; at < 8; at++)
        {
            var (office, laptop) = await PairAsync(people: 40, suffix: $"-{at}");
            var phone = await _scene.OpenAsync($"phone-{at}");
            await phone.SyncAsync(office);
            await phone.EditPersonAsync(13, person => person.Delete());
            await phone.EditPersonAsync(14, person => person.Stock -= 3);
            await EditBothAsync(office, laptop);
            await office.CutLogAsync(keep: 0);
            var (here, there) = InMemoryTransport.CreatePair();
            var frame = at;
            var hooked = new HookedTransport(there, async (number, _) =>
            {
                if (number != frame) return;
                await laptop.SyncAsync(phone);
                await phone.EditPersonAsync(14, person => person.Stock -= 3);
                await office.SyncAsync(phone);
            });
            await Task.WhenAll(laptop.SyncAsync(here), office.SyncAsync(hooked));
            await laptop.SyncAsync(office);
            await laptop.SyncAsync(phone);
            await office.SyncAsync(phone);
            await AssertEqualAsync(office, laptop);
            await AssertEqualAsync(phone, laptop);
            Assert.Null(await office.GetAsync<Person>(13));
            Assert.Equal(-6, (await office.GetAsync<Person>(14))!.Stock);
            foreach (var replica in new[] { office, laptop, phone }) await _scene.CloseAsync(replica);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_breaks_at_any_frame_changes_nothing_and_the_next_one_goes_on(bool isFull)
    {
        for (var at = 0; at < 14; at++)
        {
            var (office, laptop) = isFull ? (await _scene.OpenAsync($"office-{at}"), await _scene.OpenAsync($"laptop-{at}")) : await PairAsync(people: 40, suffix: $"-{at}");
            if (isFull) await AddAsync(office, 40);
            else await EditBothAsync(office, laptop);
            await office.CutLogAsync(keep: 0);
            var before = await laptop.GetMerkleTreeAsync();
            var (here, there) = InMemoryTransport.CreatePair();
            var frame = at;
            await using (var hooked = new HookedTransport(there, (number, _) => number == frame ? throw new IOException("cut") : Task.CompletedTask))
            {
                var theirs = office.SyncAsync(hooked);
                var mine = laptop.SyncAsync(here);
                try
                {
                    await theirs;
                }
                catch (IOException)
                {
                    await hooked.DisposeAsync();
                    await Record.ExceptionAsync(() => mine);
                    // The laptop may have had everything when the way broke.
                    if ((await laptop.GetMerkleTreeAsync()).Root != before.Root) Assert.True(laptop.VectorOf().Covers(office.VectorOf()));
                }

                await Record.ExceptionAsync(() => mine);
            }

            await laptop.SyncAsync(office);
            await AssertEqualAsync(office, laptop);
            await _scene.CloseAsync(office);
            await _scene.CloseAsync(laptop);
        }
    }

    [Fact]
    public async Task Rows_that_came_before_an_interruption_are_not_sent_again()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await AddAsync(office, 20_000);
        await office.CutLogAsync(keep: 0);
        var (here, there) = InMemoryTransport.CreatePair();
        var rows = 0;
        await using (var hooked = new HookedTransport(there, (_, frame) => (FrameType)frame.Span[0] == FrameType.Rows && rows++ == 4 ? throw new IOException("cut") : Task.CompletedTask))
        {
            var mine = laptop.SyncAsync(here);
            await Assert.ThrowsAsync<IOException>(() => office.SyncAsync(hooked));
            await hooked.DisposeAsync();
            await Assert.ThrowsAsync<SessionException>(() => mine);
        }

        Assert.Equal(0, await CountAsync(laptop));
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        var result = await laptop.SyncAsync(office);
        Assert.Equal(SyncMode.Reconciled, result.Mode);
        Assert.InRange(result.Received.Entities, 1, 19_000);
        await AssertEqualAsync(office, laptop);
        Assert.Equal(20_000, await CountAsync(laptop));
    }

    [Fact]
    public async Task More_differences_than_cells_are_found_by_the_tree()
    {
        var (office, laptop) = await PairAsync(people: 10);
        // Neither knows of the other's, so that no size tells how many differ.
        await AddAsync(office, 60_000, from: 1_000);
        await AddAsync(laptop, 60_000, from: 100_000);
        await office.CutLogAsync(keep: 0);
        var types = new HashSet<FrameType>();
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(there, (_, frame) =>
        {
            types.Add((FrameType)frame.Span[0]);
            return Task.CompletedTask;
        });
        await Task.WhenAll(laptop.SyncAsync(here), office.SyncAsync(hooked));
        Assert.True(types.Contains(FrameType.Leaves) || types.Contains(FrameType.Differing));
        await AssertEqualAsync(office, laptop);
        Assert.Equal(120_010, await CountAsync(laptop));
    }

    [Fact]
    public async Task What_finds_differences_outlives_a_restart_and_a_crash()
    {
        var (office, laptop) = await PairAsync(people: 30);
        var root = (await laptop.GetMerkleTreeAsync()).Root;
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        Assert.Equal(root, (await laptop.GetMerkleTreeAsync()).Root);
        // A commit after which nothing was noted: what was noted before must not be believed.
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        await laptop.EditPersonAsync(1, person => person.Age = 77);
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop");
        Assert.NotEqual(root, (await laptop.GetMerkleTreeAsync()).Root);
        await office.SyncAsync(laptop);
        await AssertEqualAsync(office, laptop);
    }

    private static async Task MeanwhileAsync(GraphReplica office, GraphReplica laptop)
    {
        await office.EditPersonAsync(10, person => person.Delete());
        await laptop.EditPersonAsync(11, person => person.Delete());
        await office.EditPersonAsync(12, person => person.Email = "meanwhile");
        await laptop.EditPersonAsync(12, person => person.Stock += 5);
        // These differ already, so they have been read by then.
        await office.EditPersonAsync(6, person => person.Stock -= 3);
        await laptop.EditPersonAsync(6, person => person.Stock -= 4);
        await office.EditAsync(tx => tx.Add<Person>(2_000).Email = "new");
    }

    private static async Task EditBothAsync(GraphReplica office, GraphReplica laptop)
    {
        await office.EditPersonAsync(2, person => person.Delete());
        await laptop.EditPersonAsync(3, person => person.Delete());
        await office.EditPersonAsync(4, person => person.Email = "office");
        await laptop.EditPersonAsync(5, person => person.Email = "laptop");
        await office.EditPersonAsync(6, person => person.Stock -= 5);
        await laptop.EditPersonAsync(6, person => person.Stock -= 2);
        await office.EditAsync(tx => tx.Add<Person>(1_000).Email = "new");
        await laptop.EditAsync(tx => tx.Add<Person>(1_001).Email = "new");
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync(int people, string suffix = "")
    {
        var (office, laptop) = (await _scene.OpenAsync("office" + suffix), await _scene.OpenAsync("laptop" + suffix));
        await AddAsync(office, people);
        await laptop.SyncAsync(office);
        return (office, laptop);
    }

    private static async Task AddAsync(GraphReplica replica, int people, int from = 1)
    {
        for (var first = from; first < from + people; first += 5_000)
        {
            await replica.EditAsync(tx =>
            {
                for (var id = first; id < Math.Min(first + 5_000, from + people); id++) tx.Add<Person>(id).Email = $"{id}@x.org";
            });
        }
    }

    private static async Task<int> CountAsync(GraphReplica replica) => (int)(await replica.CountAsync())["Person"];

    private static async Task AssertEqualAsync(GraphReplica left, GraphReplica right)
    {
        Assert.Equal(left.VectorOf(), right.VectorOf());
        var (here, there) = (await left.GetMerkleTreeAsync(), await right.GetMerkleTreeAsync());
        Assert.Equal((here.Root, here.Count), (there.Root, there.Count));
        Assert.Equal(await left.CountAsync(), await right.CountAsync());
    }
}
