using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What comes from outside and is not what it should be: refused, and the replica is as before.</summary>
public sealed class HostilityTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_altered_event_is_refused_and_nothing_has_changed()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "ann@x.org");
        var refused = 0;
        for (var at = 0; at < 60; at++)
        {
            var (here, there) = InMemoryTransport.CreatePair();
            var altering = new AlteringTransport(there, at);
            var sender = office.SyncAsync(altering);
            try
            {
                await laptop.SyncAsync(here);
            }
            catch (SessionException error)
            {
                refused++;
                Assert.Equal(SessionEnd.Malformed, error.Reason);
            }

            await here.DisposeAsync();
            await there.DisposeAsync();
            await Assert.ThrowsAsync<SessionException>(() => sender);
            Assert.Empty(laptop.VectorOf().Entries);
            Assert.Null(await laptop.GetAsync<Person>(1));
        }

        Assert.Equal(60, refused);
        await laptop.SyncAsync(office);
        Assert.Equal("ann@x.org", (await laptop.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_session_that_breaks_off_is_taken_up_again()
    {
        var (office, laptop) = (await _scene.OpenAsync("office"), await _scene.OpenAsync("laptop"));
        for (var i = 0; i < 40; i++) await office.EditAsync(tx => tx.Add<Person>(i).Email = new('x', 200_000));
        for (var frames = 1; frames < 6; frames++)
        {
            var (here, there) = InMemoryTransport.CreatePair();
            var sender = office.SyncAsync(new BreakingTransport(there, frames));
            await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(EndingAsync(laptop.SyncAsync(here), here), EndingAsync(sender, there)));
        }

        var known = (await laptop.CountAsync())["Person"];
        Assert.InRange(known, 1, 39);
        var result = await laptop.SyncAsync(office);
        Assert.Equal(40 - known, result.Received.Events);
        Assert.Equal(40, (await laptop.CountAsync())["Person"]);
    }

    [Fact]
    public async Task An_event_from_a_clock_that_is_ahead_is_held_and_comes_when_its_time_has_come()
    {
        var fast = new MovableTime();
        fast.Advance(TimeSpan.FromDays(3650));
        var (office, laptop) = (await _scene.OpenAsync("office", time: fast), await _scene.OpenAsync("laptop"));
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "from the future");
        Assert.Equal(1, (await laptop.SyncAsync(office)).Held);
        Assert.Null(await laptop.GetAsync<Person>(1));
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        _scene.Time.Advance(TimeSpan.FromDays(3650));
        Assert.Equal(0, (await laptop.SyncAsync(office)).Held);
        Assert.Equal("from the future", (await laptop.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_store_of_another_schema_is_refused_with_both_named()
    {
        await _scene.CloseAsync(await _scene.OpenAsync("office"));
        var other = new GraphSchema("other", 4, [.. TestSchema.Instance.Types]);
        var error = await Assert.ThrowsAsync<StoreException>(() => _scene.OpenAsync("office", schema: other));
        Assert.Contains("test version 1", error.Message);
        Assert.Contains("other version 4", error.Message);
    }

    [Fact]
    public async Task A_replica_is_open_once()
    {
        await _scene.OpenAsync("office");
        var error = await Assert.ThrowsAsync<StoreException>(() => _scene.OpenAsync("office"));
        Assert.Contains("open", error.Message);
    }

    private static async Task EndingAsync(Task<SyncResult> session, InMemoryTransport transport)
    {
        await using (transport) await session;
    }

    /// <summary>Flips a bit in the one frame that carries events.</summary>
    private sealed class AlteringTransport(InMemoryTransport inner, int at) : ISyncTransport
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
        {
            var altered = frame.ToArray();
            if (altered[0] == (byte)FrameType.Events) altered[at % altered.Length] ^= 0x40;
            return inner.SendAsync(altered, cancellationToken);
        }

        public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) => inner.ReceiveAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Breaks after a number of frames.</summary>
    private sealed class BreakingTransport(InMemoryTransport inner, int frames) : ISyncTransport
    {
        private int _left = frames;

        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) =>
            _left-- > 0 ? inner.SendAsync(frame, cancellationToken) : throw new IOException("The line was cut.");

        public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) => inner.ReceiveAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
