using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Tests.Sync;

/// <summary>What comes from outside and is not what it should be: refused, and the replica is as before.</summary>
public sealed class HostilityTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>Fuzzing, seed 20261124, input 3031324: lists that double took more than twenty times the length of tiny changes.</summary>
    [Theory]
    [InlineData(520)]
    [InlineData(1_069)]
    [InlineData(4_100)]
    public void An_event_of_nothing_but_empty_changes_takes_little_memory(int count)
    {
        var changes = Enumerable.Range(0, count).Select(i => new EntityDelta(EntityId.Read([1, 0, 0, (byte)(i >> 8), (byte)i]), EncodedEntity.Empty)).ToArray();
        var bytes = EventCodec.Create("main", new(1), 1, 1, new(1), new(), changes).Bytes;
        EventCodec.Read(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        EventCodec.Read(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 20L * bytes.Length, $"{allocated} bytes for an input of {bytes.Length}");
    }

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
    public async Task A_field_of_another_kind_does_not_get_in()
    {
        var laptop = await _scene.OpenAsync("laptop");
        var stock = new FieldSchema("Stock", FieldKind.Register, ValueKind.Int64, false, "Stock");
        var liar = new EntityType("Person", "Person", "main", Person.EntityType.Key, null, null, stock);
        var register = new LwwRegister<long, Int64Codec>(stock, 0);
        var replica = new Replica("liar");
        var person = new EntityState(liar, Person.IdOf(1), replica, register);
        person.Create();
        register.Value = 5;
        await AssertRefusedAsync(laptop, replica, person, "Person.Stock");

        await laptop.EditAsync(tx => tx.Add<Person>(1).Stock = 3);
        Assert.Equal(3, (await laptop.GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task A_type_in_another_lane_does_not_get_in()
    {
        var replica = new Replica("liar");
        await AssertRefusedAsync(await _scene.OpenAsync("laptop"), replica, new Place(replica, "Bern").State, "lane 'places'");
    }

    [Fact]
    public async Task A_write_from_a_later_time_than_its_event_does_not_get_in()
    {
        var replica = new Replica("liar");
        var person = new Person(replica, 1) { Email = "for ever" };
        await AssertRefusedAsync(await _scene.OpenAsync("laptop"), replica, person.State, "later than its event");
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

    /// <summary>Plays a peer by hand that sends one event about an entity.</summary>
    private static async Task AssertRefusedAsync(GraphReplica victim, Replica liar, EntityState entity, string reason)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var session = victim.SyncAsync(here);
        var lane = new LaneIntroduction(new("main", Vector(liar.Id, 1), new(), 1, 1), HasStaged: false);
        var introduction = new Frame.Introduction(liar.Id, liar.Name, TestSchema.Instance, [], default, Stamp.FromTime(DateTimeOffset.MaxValue), TimeSpan.Zero, [lane]);
        var delta = new EntityDelta(entity.Id, Poison.StateOf(entity.TakeDelta()));
        var lie = EventCodec.Create("main", liar.Id, 1, liar.LastNumber, Stamp.FromTime(DateTimeOffset.UnixEpoch), new(), [delta]);
        await there.SendAsync(new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(introduction), 0, 0).Encode());
        await there.SendAsync(introduction.Encode());
        await there.SendAsync(new Frame.Events("main", CompressedEnvelope.Seal(EventBatchCodec.Encode([lie.Bytes]), new PlainCompressor())).Encode());
        await there.SendAsync(new Frame.Done("main").Encode());
        await there.SendAsync(new Frame.Bye(SessionEnd.Failed, "enough").Encode());
        await Assert.ThrowsAsync<SessionException>(() => session);
        Assert.Contains(reason, Assert.Single((await victim.ReadHealthAsync()).Quarantined).Reason);
        Assert.Empty(victim.VectorOf().Entries);
    }

    private static VersionVector Vector(ReplicaId replica, ulong counter)
    {
        var vector = new VersionVector();
        vector.Advance(replica, counter);
        return vector;
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
            if ((FrameType)altered[0] is FrameType.Events or FrameType.Rows) altered[at % altered.Length] ^= 0x40;
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
