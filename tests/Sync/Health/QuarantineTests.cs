using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Health;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Health;

/// <summary>An event that is malformed is its origin's affair: nobody else waits for it.</summary>
public sealed class QuarantineTests : IAsyncDisposable
{
    private static readonly ReplicaId Liar = new(99);
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap_10_a_poison_event_does_not_block_the_queue_behind_it(bool isInMemory)
    {
        var ((ann, disk), (bob, _), (own, _)) = (await _scene.WriteAsync("ann", 1, 2, 3), await _scene.WriteAsync("bob", 11, 12), await _scene.WriteAsync("office", 21, 22));
        var spoilt = ann[1].Spoilt();
        var office = await _scene.OpenAsync("office", own[0].Origin, own[0], bob[0], ann[0], spoilt, ann[2], bob[1], own[1]);
        Action<GraphReplicaOptions>? memory = isInMemory ? options => options.UseMemory(new()) : null;
        var laptop = await LaptopAsync(memory);
        for (var session = 1; session <= 2; session++)
        {
            var (mine, theirs) = await Poison.SyncBothAsync(laptop, office);
            Assert.Equal((2, 2), (mine.Refused, theirs.RefusedByPeer));
            Assert.False(mine.Lanes["main"].IsComplete || theirs.Lanes["main"].IsComplete);
            Assert.True(await laptop.HasAsync(1, 11, 12, 21, 22));
            Assert.False(await laptop.HasAsync(2, 3));
        }

        var entry = Assert.Single((await laptop.ReadHealthAsync()).Quarantined);
        Assert.Equal((ann[1].Origin, ann[1].First, ann[1].Last), (entry.Origin, entry.First, entry.Last));
        Assert.Equal((spoilt.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(spoilt.Bytes.Span))), (entry.Size, entry.Sha256));
        Assert.Equal(spoilt.Bytes.ToArray(), (await laptop.ReadEvidenceAsync(entry)).ToArray());

        var honest = await _scene.OpenAsync("ann", configure: options => options.UseMemory(disk));
        Assert.Equal(0, (await laptop.SyncAsync(honest)).Refused);
        Assert.True(await laptop.HasAsync(1, 2, 3));
        Assert.Empty((await laptop.ReadHealthAsync()).Quarantined);
        Assert.True((await laptop.ReadEvidenceAsync(entry)).IsEmpty);
    }

    /// <summary>Nothing of the frame is applied, and the entry is durable all the same; it goes as it came, with its evidence.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_quarantine_and_its_lifting_outlast_a_restart(bool isInMemory)
    {
        var (ann, disk) = await _scene.WriteAsync("ann", 1, 2);
        var own = new InMemoryDisk();
        Action<GraphReplicaOptions>? memory = isInMemory ? options => options.UseMemory(own) : null;
        var laptop = await LaptopAsync(memory);
        await laptop.SyncAsync(await _scene.OpenAsync("office", Liar, ann[0].Spoilt()));
        var entry = Assert.Single((await laptop.ReadHealthAsync()).Quarantined);
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", configure: memory);
        Assert.Equal(entry, Assert.Single((await laptop.ReadHealthAsync()).Quarantined));
        Assert.Equal(ann[0].Spoilt().Bytes.ToArray(), (await laptop.ReadEvidenceAsync(entry)).ToArray());
        Assert.True(await laptop.HasAsync(9));

        await laptop.SyncAsync(await _scene.OpenAsync("ann", configure: options => options.UseMemory(disk)));
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", configure: memory);
        Assert.Empty((await laptop.ReadHealthAsync()).Quarantined);
        Assert.True((await laptop.ReadEvidenceAsync(entry)).IsEmpty);
        Assert.True(await laptop.HasAsync(1, 2));
    }

    /// <summary>The invented event is elsewhere than the honest ones, or longer, or far away.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 200)]
    [InlineData(3, 2)]
    [InlineData(200, 1)]
    public async Task Who_invents_an_event_in_somebodys_name_blocks_nobody(ulong first, ulong count)
    {
        var (ann, disk) = await _scene.WriteAsync("ann", 1, 2, 3);
        var laptop = await LaptopAsync();
        await laptop.SyncAsync(await _scene.OpenAsync("liar", Liar, Poison.Invented(ann[0].Origin, first, count: count)));
        Assert.Single((await laptop.ReadHealthAsync()).Quarantined);
        var honest = await _scene.OpenAsync("ann", configure: options => options.UseMemory(disk));
        Assert.Equal(0, (await laptop.SyncAsync(honest)).Refused);
        Assert.True(await laptop.HasAsync(1, 2, 3));
        Assert.Equal(await honest.RootAsync(), await laptop.RootAsync());
    }

    [Fact]
    public async Task States_that_cover_the_place_lift_the_quarantine()
    {
        var (ann, disk) = await _scene.WriteAsync("ann", 1, 2);
        var laptop = await LaptopAsync();
        await laptop.SyncAsync(await _scene.OpenAsync("liar", Liar, ann[1].Spoilt()));
        var honest = await _scene.OpenAsync("ann", configure: options => options.UseMemory(disk));
        await honest.CutLogAsync(keep: 0);
        Assert.Equal(SyncMode.Reconciled, (await laptop.SyncAsync(honest)).Mode);
        Assert.Empty((await laptop.ReadHealthAsync()).Quarantined);
        Assert.True(await laptop.HasAsync(1, 2));
    }

    [Fact]
    public async Task What_comes_behind_does_not_wait_either_although_it_came_sooner()
    {
        var (ann, _) = await _scene.WriteAsync("ann", 1, 2, 3);
        var laptop = await LaptopAsync();
        await laptop.SyncAsync(await _scene.OpenAsync("office", Liar, ann[2], ann[1].Spoilt()));
        Assert.Equal(new WaitingEvents(0, 0), (await laptop.ReadHealthAsync()).Waiting["main"]);
        await laptop.SyncAsync(await _scene.OpenAsync("phone", new(98), ann[2]));
        Assert.Equal(new WaitingEvents(0, 0), (await laptop.ReadHealthAsync()).Waiting["main"]);
    }

    /// <summary>The honest event of the place waits for what it depends on; those behind it wait with it.</summary>
    [Fact]
    public async Task An_honest_event_that_waits_lets_those_behind_it_wait()
    {
        var (bob, bobs) = await _scene.WriteAsync("bob", 11);
        var anns = new InMemoryDisk();
        var ann = await _scene.OpenAsync("ann", configure: options => options.UseMemory(anns).SignsEvents = false);
        var other = await _scene.OpenAsync("bob", configure: options => options.UseMemory(bobs));
        await ann.EditAsync(tx => tx.Add<Person>(1));
        await ann.SyncAsync(other);
        await ann.EditAsync(tx => tx.Add<Person>(2));
        await ann.EditAsync(tx => tx.Add<Person>(3));
        await _scene.CloseAsync(ann);
        await using (var store = new InMemoryStore(anns))
        {
            await store.OpenAsync(new("ann", Liar, TestSchema.Instance));
            var log = (await store.ReadLogAsync("main", new(), 0, int.MaxValue)).Events.Where(stored => stored.Origin != bob[0].Origin).ToList();
            var laptop = await LaptopAsync();
            await laptop.SyncAsync(await _scene.OpenAsync("office", Liar, log[0], log[1].Spoilt()));
            await laptop.SyncAsync(await _scene.OpenAsync("tablet", new(97), log[0], log[1]));
            await laptop.SyncAsync(await _scene.OpenAsync("phone", new(98), log[0], log[2]));
            Assert.Equal(2, (await laptop.ReadHealthAsync()).Waiting["main"].Events);
            await laptop.SyncAsync(await _scene.OpenAsync("desk", new(96), bob[0]));
            Assert.True(await laptop.HasAsync(1, 2, 3, 11));
            Assert.Empty((await laptop.ReadHealthAsync()).Quarantined);
        }
    }

    [Fact]
    public async Task An_event_whose_head_says_nothing_ends_the_session()
    {
        var (ann, _) = await _scene.WriteAsync("ann", 1);
        var laptop = await LaptopAsync();
        var office = await _scene.OpenAsync("office", Liar, ann[0] with { Bytes = ann[0].Bytes[..20] });
        await Assert.ThrowsAsync<SessionException>(() => laptop.SyncAsync(office));
        Assert.Empty((await laptop.ReadHealthAsync()).Quarantined);
    }

    private async Task<GraphReplica> LaptopAsync(Action<GraphReplicaOptions>? configure = null)
    {
        var laptop = await _scene.OpenAsync("laptop", configure: configure);
        await laptop.EditAsync(tx => tx.Add<Person>(9));
        return laptop;
    }
}
