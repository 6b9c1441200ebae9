using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Crdt.Tests.Sync.Sessions;

namespace Crdt.Tests.Sync.Lanes;

/// <summary>A peer without the right to write that tries to all the same, in every way that it can say it.</summary>
public sealed class AccessAttackTests : IAsyncDisposable
{
    private const int Attempts = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Of_ten_thousand_attempts_none_is_taken_and_honest_replicas_agree()
    {
        var (hub, honest, thief) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("honest"), await _scene.OpenAsync("thief"));
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "hub");
        await honest.SyncAsync(hub);
        for (var i = 100; i < 110; i++) await thief.EditAsync(tx => tx.Add<Person>(i).Email = "stolen");
        var events = await thief.ReadLogAsync().Select(one => one.Bytes).ToListAsync();
        var (root, random, ends) = ((await hub.GetMerkleTreeAsync()).Root, new Random(11), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var end = await TryAsync(hub, thief, events, random);
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        Assert.Equal(root, (await hub.GetMerkleTreeAsync()).Root);
        Assert.Equal(0UL, hub.VectorOf()[thief.Id]);
        Assert.Empty((await hub.ReadHealthAsync()).Quarantined);
        await hub.EditAsync(tx => tx.Add<Person>(2).Email = "after");
        await honest.SyncAsync(hub);
        Assert.Equal((await hub.GetMerkleTreeAsync()).Root, (await honest.GetMerkleTreeAsync()).Root);
        Assert.True(ends.GetValueOrDefault(nameof(SessionEnd.Forbidden)) > Attempts / 4, string.Join(", ", ends));
    }

    /// <summary>One connection of the thief: it greets, mostly introduces itself, and then writes, in an order of its own.</summary>
    private static async Task<string> TryAsync(GraphReplica hub, GraphReplica thief, IReadOnlyList<ReadOnlyMemory<byte>> events, Random random)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var access = PeerAccess.Parse(random.Next(3) == 0 ? "*:none" : "*:r");
        var serving = ServeAsync(hub, here, access);
        foreach (var frame in Say(hub, thief, events, random)) await there.SendAsync(Altered(frame.Encode(), random));
        await there.DisposeAsync();
        return await serving.WaitAsync(Patience);
    }

    private static async Task<string> ServeAsync(GraphReplica hub, InMemoryTransport transport, PeerAccess access)
    {
        await using (transport)
        {
            try
            {
                await hub.StayInSyncAsync(transport, new SyncOptions { Access = access });
                return "Closed";
            }
            catch (SessionException error)
            {
                return error.Reason.ToString();
            }
            catch (IOException)
            {
                return "Broken"; // The thief has hung up already.
            }
        }
    }

    private static IEnumerable<Frame> Say(GraphReplica hub, GraphReplica thief, IReadOnlyList<ReadOnlyMemory<byte>> events, Random random)
    {
        var introduction = Introduce(hub, thief, random);
        yield return new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(introduction), 0, 0) { Stays = random.Next(2) == 0 };
        if (random.Next(8) > 0) yield return introduction;
        for (var left = random.Next(1, 5); left > 0; left--) yield return Write(thief, events, random);
        if (random.Next(3) == 0) yield return new Frame.Bye(SessionEnd.Complete, "");
        yield return Write(thief, events, random);
    }

    /// <summary>It says of itself what suits it: that it lacks nothing, that it has more, that it takes or gives nothing.</summary>
    private static Frame.Introduction Introduce(GraphReplica hub, GraphReplica thief, Random random)
    {
        var vector = random.Next(2) == 0 ? thief.VectorOf() : new VersionVector();
        if (random.Next(2) == 0) vector.UnionWith(hub.VectorOf());
        var floor = random.Next(3) == 0 ? vector.Clone() : new VersionVector();
        var lane = new LaneIntroduction(new("main", vector, floor, (UInt128)random.Next(), random.Next(20)), HasStaged: random.Next(4) == 0)
        {
            IsCritical = random.Next(2) == 0,
            TakesNothing = random.Next(4) == 0,
            GivesNothing = random.Next(4) == 0,
        };
        return new(thief.Id, "thief", TestSchema.Instance, [], Stamp.FromTime(DateTimeOffset.UnixEpoch.AddYears(100)), default, TimeSpan.FromDays(1), [lane]);
    }

    private static Frame Write(GraphReplica thief, IReadOnlyList<ReadOnlyMemory<byte>> events, Random random) => random.Next(5) switch
    {
        0 or 1 => new Frame.Events("main", CompressedEnvelope.Seal(EventBatchCodec.Encode([.. events.Take(random.Next(1, events.Count + 1))]), new PlainCompressor())),
        2 => PlayedPeer.NoRows(),
        3 => new Frame.Freeze("main", thief.VectorOf(), default, 10, 1),
        _ => random.Next(2) == 0 ? new Frame.Done("main") : new Frame.Ack("main"),
    };

    private static ReadOnlyMemory<byte> Altered(byte[] frame, Random random)
    {
        if (random.Next(20) == 0) frame[random.Next(frame.Length)] ^= (byte)random.Next(1, 256);
        return frame;
    }
}
