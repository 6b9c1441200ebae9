using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Health;
using Crdt.Sync.Signatures;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

public sealed class EquivocationTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly SignedAuthor _ann;
    private readonly SignedAuthor _ben;

    public EquivocationTests() => (_ann, _ben) = (new(ReplicaIdentity.Signed(), _scene.Time), new(ReplicaIdentity.Signed(), _scene.Time));

    public async ValueTask DisposeAsync()
    {
        _ann.Dispose();
        _ben.Dispose();
        await _scene.DisposeAsync();
    }

    /// <summary>The event that contradicts came in an earlier frame than the one that lets it go on.</summary>
    [Fact]
    public async Task What_has_waited_and_contradicts_is_proven()
    {
        var hub = await OpenHubAsync();
        var (run, bens, seen) = (_ann.Run(1, 1), _ben.Run(1, 20), new VersionVector());
        seen.Advance(_ben.Id, bens[0].Last);
        var other = _ann.Add(3, _ann.Add(2), others: seen); // Behind another first event than the hub has.
        await GiveAsync(hub, run[0]);
        await GiveAsync(hub, other, _ann.Sealed(_ann.Add(4, other, others: seen)));
        Assert.Empty((await hub.ReadHealthAsync()).Equivocations);
        await GiveAsync(hub, bens[0]);
        var entry = Assert.Single((await hub.ReadHealthAsync()).Equivocations);
        Assert.Equal(_ann.Id, EquivocationProof.Read(entry.Proof!.Bytes).Origin);
    }

    /// <summary>The first proof would have been too long; it is made up for.</summary>
    [Fact]
    public async Task An_entry_without_a_proof_is_given_one_when_there_is_one()
    {
        var hub = await OpenHubAsync();
        await GiveAsync(hub, _ann.Run(1, 1)[0]);
        await GiveAsync(hub, _ann.Sealed(_ann.Add(2, _ann.Add(3), email: new string('x', EquivocationProof.MaxSize))));
        Assert.Null(Assert.Single((await hub.ReadHealthAsync()).Equivocations).Proof);
        await GiveAsync(hub, _ann.Sealed(_ann.Add(2, _ann.Add(3))));
        Assert.NotNull(Assert.Single((await hub.ReadHealthAsync()).Equivocations).Proof);
    }

    /// <summary>Whoever makes keys up, and two histories with each, must not fill the list before the one comes that matters.</summary>
    [Fact]
    public void One_with_a_history_is_not_kept_out_by_any_number_without()
    {
        var list = new Equivocations(ReadOnlyMemory<byte>.Empty);
        for (var i = 1; i <= 40; i++) list = list.With(Entry(new((ulong)i)), _ => 1) ?? list;
        Assert.Equal(16, list.Entries.Count);
        list = list.With(Entry(_ann.Id), entry => entry.Origin == _ann.Id ? 500UL : 1)!;
        Assert.Contains(list.Entries, entry => entry.Origin == _ann.Id);
        for (var i = 100; i <= 140; i++) list = list.With(Entry(new((ulong)i)), entry => entry.Origin == _ann.Id ? 500UL : 1) ?? list;
        Assert.Equal((16, 1), (list.Entries.Count, list.Entries.Count(entry => entry.Origin == _ann.Id)));
        Assert.Equal(list.Entries, new Equivocations(list.Note()).Entries);
    }

    [Fact]
    public async Task A_lane_takes_so_many_writers_and_goes_on_with_those()
    {
        var hub = await OpenCrowdedAsync();
        await GiveAsync(hub, _ann.Run(1, 1)[0]);
        Assert.Equal((0UL, MaxOrigins), (hub.VectorOf()[_ann.Id], hub.VectorOf().Entries.Count));
        var bens = _ben.Run(2, 20);
        await GiveAsync(hub, bens[0], bens[1]);
        Assert.Equal(bens[1].Last, hub.VectorOf()[_ben.Id]);
    }

    /// <summary>Twenty with a key each come in one frame, and there is room for one.</summary>
    [Fact]
    public async Task The_limit_on_writers_holds_within_a_frame()
    {
        var hub = await OpenCrowdedAsync(room: 1);
        var authors = Enumerable.Range(0, 20).Select(_ => new SignedAuthor(ReplicaIdentity.Signed(), _scene.Time)).ToList();
        await GiveAsync(hub, [.. authors.Select((author, i) => author.Run(1, 100 + i)[0])]);
        authors.ForEach(author => author.Dispose());
        Assert.Equal((MaxOrigins, 1), (hub.VectorOf().Entries.Count, authors.Count(author => hub.VectorOf()[author.Id] > 0)));
    }

    private static int MaxOrigins => ReplicaTruth.MaxOrigins;

    private static Equivocation Entry(ReplicaId origin) => new("main", origin, 1, DateTimeOffset.UnixEpoch);

    private async Task<GraphReplica> OpenHubAsync()
    {
        var hub = await _scene.OpenAsync("hub");
        await hub.EditAsync(tx => tx.Add<Person>(98)); // An empty one would be given states.
        return hub;
    }

    /// <summary>As many have written there as a lane takes, and Ben is about to be one of them.</summary>
    private async Task<GraphReplica> OpenCrowdedAsync(int room = 0)
    {
        var disk = new InMemoryDisk();
        await using (var store = new InMemoryStore(disk))
        {
            var state = await store.OpenAsync(new("hub", ReplicaId.Random(), TestSchema.Instance));
            var vector = new VersionVector();
            for (var i = 1; i < MaxOrigins - room; i++) vector.Advance(new((UInt128)i << 16), 1);
            await store.CommitAsync(new(state.Revision + 1, state.Clock, new Dictionary<string, VersionVector> { ["main"] = vector }, [], []));
        }

        var hub = await _scene.OpenAsync("hub", configure: options => options.UseMemory(disk));
        await GiveAsync(hub, _ben.Run(1, 20)[0]);
        return hub;
    }

    private static async Task GiveAsync(GraphReplica hub, params GraphEvent[] events)
    {
        var seen = hub.VectorOf();
        foreach (var one in events) seen.Advance(one.Origin, one.Last);
        await Intruder.WriteAsync(hub, seen, [.. events.Select(one => one.Bytes)]);
    }
}
