using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Live;

/// <summary>Ways that stay open: what is committed is passed on at once, and whatever goes wrong is made up for by a session.</summary>
public sealed class LiveTests : IAsyncDisposable
{
    private readonly LiveScene _live = new();

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    [Fact]
    public async Task What_is_committed_reaches_the_others_without_another_session()
    {
        var (hub, ann, bob) = (await OpenAsync("hub"), await OpenAsync("ann"), await OpenAsync("bob"));
        var (toAnn, toBob) = (_live.Connect(hub, ann), _live.Connect(hub, bob));
        await LiveScene.UntilAsync(() => Task.FromResult(toAnn.Sessions == 1 && toBob.Sessions == 1));
        for (var i = 1; i <= 20; i++) await (i % 2 == 0 ? ann : bob).EditAsync(tx => tx.Add<Person>(i).Email = $"{i}");
        await LiveScene.EqualAsync(hub, ann, bob);
        Assert.Equal((1, 1), (toAnn.Sessions, toBob.Sessions));
        Assert.Equal("19", (await ann.GetAsync<Person>(19))!.Email);
    }

    [Fact]
    public async Task The_queue_empties_as_the_peer_confirms()
    {
        var (hub, ann) = (await OpenAsync("hub"), await OpenAsync("ann"));
        var connection = _live.Connect(hub, ann);
        await LiveScene.UntilAsync(() => Task.FromResult(connection.Sessions == 1));
        await ann.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await LiveScene.UntilAsync(async () => (await ann.ReadHealthAsync()).OfflineQueue.Operations == 0);
        Assert.Equal("x", (await hub.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_session_comes_now_and_then_even_if_both_sides_begin_it_and_loses_nothing_that_is_under_way()
    {
        var (hub, ann) = (await OpenAsync("hub"), await OpenAsync("ann"));
        var connection = _live.Connect(hub, ann);
        for (var i = 1; i <= 30; i++)
        {
            await (i % 2 == 0 ? hub : ann).EditAsync(tx => tx.Add<Person>(i).Email = $"{i}");
            if (i % 10 == 0) _live.Time.Advance(TimeSpan.FromSeconds(80)); // both find that a session is due
        }

        await LiveScene.EqualAsync(hub, ann);
        await LiveScene.UntilAsync(() => Task.FromResult(connection.Sessions >= 2));
        await hub.EditAsync(tx => tx.Add<Person>(100).Email = "after");
        await LiveScene.EqualAsync(hub, ann);
    }

    /// <summary>States bring no events that could be passed on: the others get them by a session of their own.</summary>
    [Fact]
    public async Task What_came_by_states_reaches_the_others_by_a_session()
    {
        var (hub, ann, bob) = (await OpenAsync("hub"), await OpenAsync("ann"), await OpenAsync("bob"));
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "hub");
        var toAnn = _live.Connect(hub, ann);
        await LiveScene.UntilAsync(() => Task.FromResult(toAnn.Sessions == 1));
        await bob.EditAsync(tx => tx.Add<Person>(2).Email = "bob");
        await bob.CutLogAsync(0);
        _live.Connect(hub, bob);
        await LiveScene.EqualAsync(hub, ann, bob);
        Assert.Equal("bob", (await ann.GetAsync<Person>(2))!.Email);
    }

    [Fact]
    public async Task With_a_peer_that_runs_one_session_only_so_does_the_other_side()
    {
        var (hub, ann) = (await OpenAsync("hub"), await OpenAsync("ann"));
        await ann.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        var (here, there) = InMemoryTransport.CreatePair();
        var staying = hub.StayInSyncAsync(here, new SyncOptions());
        await ann.SyncAsync(there);
        await staying.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("x", (await hub.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task Who_may_only_read_is_passed_on_what_others_commit_and_is_shown_out_when_it_writes_all_the_same()
    {
        var (hub, guest) = (await OpenAsync("hub"), await OpenAsync("guest"));
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = hub.StayInSyncAsync(here, new SyncOptions { Access = PeerAccess.Parse("*:r") });
        var reading = guest.StayInSyncAsync(there, new SyncOptions());
        await LiveScene.UntilAsync(async () => await guest.GetAsync<Person>(1) is not null);
        await hub.EditAsync(tx => tx.Add<Person>(2).Email = "y");
        await LiveScene.UntilAsync(async () => await guest.GetAsync<Person>(2) is not null);
        await guest.EditAsync(tx => tx.Add<Person>(3).Email = "mine"); // which an honest replica keeps to itself
        await hub.EditAsync(tx => tx.Add<Person>(4).Email = "z");
        await LiveScene.UntilAsync(async () => await guest.GetAsync<Person>(4) is not null);
        Assert.Null(await hub.GetAsync<Person>(3));
        await there.SendAsync(new Frame.Events("main", default).Encode());
        var error = await Assert.ThrowsAsync<SessionException>(() => serving);
        Assert.Equal(SessionEnd.Forbidden, error.Reason);
        await Assert.ThrowsAsync<SessionException>(() => reading);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_that_have_no_place_between_sessions_end_the_connection(bool isFrame)
    {
        var (hub, ann) = (await OpenAsync("hub"), await OpenAsync("ann"));
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = hub.StayInSyncAsync(here, new SyncOptions());
        var staying = ann.StayInSyncAsync(there, new SyncOptions());
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await LiveScene.EqualAsync(hub, ann);
        await there.SendAsync(isFrame ? new Frame.Done("main").Encode() : new byte[] { 77, 1, 2, 3, 4, 5 });
        Assert.Equal(SessionEnd.Malformed, (await Assert.ThrowsAsync<SessionException>(() => serving)).Reason);
        Assert.Equal(SessionEnd.Malformed, (await Assert.ThrowsAsync<SessionException>(() => staying)).Reason);
    }

    [Fact]
    public void A_greeting_says_whether_its_speaker_stays_and_is_as_long_as_before_where_it_does_not()
    {
        var hello = new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, 1, 2, 3);
        Assert.Equal(31, hello.Encode().Length);
        Assert.True(Assert.IsType<Frame.Hello>(Frame.Decode((hello with { Stays = true }).Encode())).Stays);
        Assert.False(Assert.IsType<Frame.Hello>(Frame.Decode(hello.Encode())).Stays);
    }

    private Task<GraphReplica> OpenAsync(string name) => _live.OpenAsync(name);
}
