using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

/// <summary>Who forges, who replays and who signs two histories, with the right to write, ten thousand times each.</summary>
public sealed class AttackTests : IAsyncDisposable
{
    private const int Attempts = 10_000;
    private const int Written = 6;
    private readonly Scene _scene = new();
    private readonly List<ReadOnlyMemory<byte>> _heard = [];
    private readonly SignedAuthor _ann;
    private readonly SignedAuthor _mallory;

    public AttackTests() => (_ann, _mallory) = (new(ReplicaIdentity.Signed(), _scene.Time), new(ReplicaIdentity.Signed(), _scene.Time));

    public async ValueTask DisposeAsync()
    {
        _ann.Dispose();
        _mallory.Dispose();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task Of_ten_thousand_forgeries_none_is_taken()
    {
        var (hub, honest) = await OpenAsync();
        var log = await SealedLogAsync(hub);
        var (before, random, ends) = (await StateAsync(hub), new Random(7), new Dictionary<SessionEnd, int>());
        var seen = hub.VectorOf();
        seen.Advance(_ann.Id, 1_000);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (end, _) = await Intruder.WriteAsync(hub, seen, Forgery(log, random));
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        Assert.Equal(before, await StateAsync(hub));
        Assert.True(ends.GetValueOrDefault(SessionEnd.Forged) > Attempts / 2, string.Join(", ", ends));
        await RequireHonestAsync(hub, honest);
    }

    [Fact]
    public async Task Of_ten_thousand_replays_none_has_an_effect()
    {
        var (hub, honest) = await OpenAsync();
        await hub.EditAsync(async tx => (await tx.GetAsync<Model.Person>(1))!.State.Delete()); // What a replay might bring back.
        await honest.SyncAsync(hub);
        var (before, random) = (await StateAsync(hub), new Random(8));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var start = random.Next(3) == 0 ? random.Next(_heard.Count) : 0;
            var frames = _heard.Skip(start).ToList();
            if (random.Next(3) == 0) frames.Insert(random.Next(frames.Count + 1), frames[random.Next(frames.Count)]);
            if (random.Next(3) == 0) frames.RemoveAt(random.Next(frames.Count));
            await Intruder.SayAsync(hub, frames);
        }

        Assert.Equal(before, await StateAsync(hub));
        await RequireHonestAsync(hub, honest);
    }

    [Fact]
    public async Task Of_ten_thousand_other_histories_none_is_taken_and_the_proof_holds()
    {
        var (hub, honest) = await OpenAsync();
        var log = await SealedLogAsync(hub);
        var (before, random) = (await StateAsync(hub), new Random(9));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // It has written as many events as it has, or fewer, the same way, and then goes on in another.
            var common = random.Next(Written + 1);
            var other = _ann.Run(1 + random.Next(3), 1_000 + attempt, common == 0 ? null : EventCodec.Read(log[common - 1]));
            if (common == Written) other = _ann.Run(2, 1_000 + attempt, _ann.Add(500_000 + attempt, EventCodec.Read(log[Written - 2])))[..];
            var seen = hub.VectorOf();
            seen.Advance(_ann.Id, other[^1].Last);
            var sent = random.Next(2) == 0 ? other.Select(one => one.Bytes) : log.Take(common).Concat(other.Select(one => one.Bytes));
            await Intruder.WriteAsync(hub, seen, [.. sent]);
        }

        Assert.Equal(before.Root, (await StateAsync(hub)).Root);
        var entry = Assert.Single((await hub.ReadHealthAsync()).Equivocations);
        Assert.Equal((_ann.Id, "main"), (entry.Origin, entry.Lane));
        Assert.Equal(_ann.Id, EquivocationProof.Read(entry.Proof!.Bytes).Origin);
        await RequireHonestAsync(hub, honest);
    }

    /// <summary>Ann writes six people at a hub, another replica takes them, and somebody has listened.</summary>
    private async Task<(GraphReplica Hub, GraphReplica Honest)> OpenAsync()
    {
        var (hub, honest) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("honest"));
        var ann = await _scene.OpenAsync("ann", configure: options => options.NextKey = () => _ann.Identity);
        await hub.EditAsync(tx => tx.Add<Model.Person>(98)); // An empty hub would be given states.
        for (var person = 1; person <= Written; person++) await ann.EditAsync(tx => tx.Add<Model.Person>(person).Email = "ann");
        var (here, there) = InMemoryTransport.CreatePair();
        var listened = new HookedTransport(there, (_, frame) =>
        {
            _heard.Add(frame.ToArray());
            return Task.CompletedTask;
        });
        await Task.WhenAll(hub.SyncAsync(here), ann.SyncAsync(listened));
        await honest.SyncAsync(hub);
        return (hub, honest);
    }

    /// <summary>What Ann wrote, each event sealed, as she could send it.</summary>
    private async Task<List<ReadOnlyMemory<byte>>> SealedLogAsync(GraphReplica hub) =>
        await hub.ReadLogAsync().Where(one => one.Origin == _ann.Id).Select(one => SealedEvent.Seal(one.Bytes, _ann.Key)).ToListAsync();

    private static async Task<(UInt128 Root, string Vector, int Quarantined)> StateAsync(GraphReplica hub) =>
        ((await hub.GetMerkleTreeAsync()).Root, hub.VectorOf().ToString(), (await hub.ReadHealthAsync()).Quarantined.Count);

    private async Task RequireHonestAsync(GraphReplica hub, GraphReplica honest)
    {
        await hub.EditAsync(tx => tx.Add<Model.Person>(99).Email = "after");
        var result = await honest.SyncAsync(hub);
        Assert.All(result.Lanes.Values, lane => Assert.True(lane.IsComplete));
        Assert.Equal((await hub.GetMerkleTreeAsync()).Root, (await honest.GetMerkleTreeAsync()).Root);
        Assert.Equal(hub.VectorOf(), honest.VectorOf());
    }

    private ReadOnlyMemory<byte>[] Forgery(List<ReadOnlyMemory<byte>> log, Random random)
    {
        var last = EventCodec.Read(log[^1]);
        var mine = _ann.Add(700 + random.Next(1_000), last); // In Ann's name, and not by her.
        var seal = SealedEvent.SealOf(log[random.Next(log.Count)]).ToArray();
        switch (random.Next(8))
        {
            case 0:
                return [mine.Bytes];
            case 1:
                return [SealedEvent.Seal(mine.Bytes, _mallory.Key)];
            case 2:
                return [SealedEvent.With(mine.Bytes, seal)];
            case 3:
                seal[random.Next(seal.Length)] ^= (byte)random.Next(1, 256);
                return [SealedEvent.With(mine.Bytes, seal)];
            case 4:
                return [SealedEvent.With(mine.Bytes, [.. _ann.Key.PublicKey.Span, .. _mallory.Key.Sign(SealedEvent.Purpose, SealedEvent.HashOf(mine.Bytes))])];
            case 5:
                // Her own signature, made for something else.
                return [SealedEvent.With(mine.Bytes, [.. _ann.Key.PublicKey.Span, .. _ann.Key.Sign("crdt connection", SealedEvent.HashOf(mine.Bytes))])];
            case 6:
                // A path that leads nowhere, or elsewhere.
                return [SealedEvent.With(mine.Bytes, [.. seal, .. SealedEvent.HashOf(random.Next(2) == 0 ? mine.Bytes : log[random.Next(log.Count)])])];
            default:
                // One of hers behind it, and one of nobody's.
                return random.Next(2) == 0 ? [mine.Bytes, .. log] : [EventCodec.Create("main", new(12), 1, 1, new(1), new(), []).Bytes];
        }
    }
}
