using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Events;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Crdt.Types.Counters;
using Crdt.Types.Flags;

namespace Crdt.Tests.Sync.Health;

/// <summary>Events that are well-formed, and yet can't be joined with what is there: fields of a type that this build doesn't know, in two kinds.</summary>
public sealed class JoinFailureTests : IAsyncDisposable
{
    private static readonly ReplicaId Ann = new(1), Bob = new(2), Cid = new(3);
    private readonly MovableTime _time = new();
    private ReplicaTruth? _truth;

    public async ValueTask DisposeAsync()
    {
        if (_truth is not null) await _truth.DisposeAsync();
    }

    [Fact]
    public async Task An_event_that_can_not_be_joined_is_refused_as_a_whole_and_the_others_go_on()
    {
        var truth = await OpenAsync();
        await ApplyAsync(truth, Event(Ann, new(), isFlag: false, 7));
        var (bob, next) = (Event(Bob, new(), isFlag: true, 5, 7, 6), Event(Bob, Seen((Bob, 6)), isFlag: true, 8));
        var applied = await ApplyAsync(truth, bob, next, Event(Cid, new(), isFlag: false, 9), Event(Ann, Seen((Ann, 2), (Bob, 6)), isFlag: false, 10));
        Assert.Equal((1, 2), (applied.Events, applied.Refused));
        Assert.Equal(Seen((Ann, 2), (Cid, 2)), truth.VectorOf("main"));
        foreach (var id in (int[])[5, 6, 8, 10]) Assert.True((await truth.ReadRowAsync(IdOf(id), "main", default)).Row.IsEmpty);
        Assert.False((await truth.ReadRowAsync(IdOf(9), "main", default)).Row.IsEmpty);
        var health = await truth.ReadHealthAsync(default);
        Assert.Equal((Bob, 1UL), (Assert.Single(health.Quarantined).Origin, health.Quarantined[0].First));
        Assert.Equal(1, health.Waiting["main"].Events); // what Ann did knowing Bob's
        Assert.Equal(bob.Bytes.ToArray(), (await truth.ReadEvidenceAsync(health.Quarantined[0], default)).ToArray());
    }

    /// <summary>It comes again each time, and is refused each time.</summary>
    [Fact]
    public async Task It_does_not_lift_its_own_quarantine()
    {
        var truth = await OpenAsync();
        await ApplyAsync(truth, Event(Ann, new(), isFlag: false, 7));
        var (bob, next) = (Event(Bob, new(), isFlag: true, 7), Event(Bob, Seen((Bob, 2)), isFlag: true, 8));
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(2, (await ApplyAsync(truth, bob, next)).Refused);
            var health = await truth.ReadHealthAsync(default);
            Assert.Single(health.Quarantined);
            Assert.Equal(0, health.Waiting["main"].Events);
        }

        Assert.Equal(2, (await ApplyAsync(truth, Event(Bob, new(), isFlag: false, 7), next)).Events);
        Assert.Empty((await truth.ReadHealthAsync(default)).Quarantined);
    }

    /// <summary>Nobody but the peer can have made it up, so nobody is put into quarantine.</summary>
    [Fact]
    public async Task One_in_this_replicas_own_name_is_the_peers_fault()
    {
        var truth = await OpenAsync();
        await ApplyAsync(truth, Event(Ann, new(), isFlag: false, 7));
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, Event(truth.Id, new(), isFlag: true, 7)));
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, Event(truth.Id, new(), isFlag: false, 7)));
        Assert.Empty((await truth.ReadHealthAsync(default)).Quarantined);
        Assert.Equal(0UL, truth.VectorOf("main")[truth.Id]);
        Assert.Equal(1, (await ApplyAsync(truth, Event(Cid, new(), isFlag: false, 9))).Events);
    }

    /// <summary>Everybody else waits meanwhile. It would be a minute if each were compared with each.</summary>
    [Fact]
    public async Task A_full_frame_is_refused_as_one_is_applied()
    {
        var truth = await OpenAsync();
        await ApplyAsync(truth, Event(Ann, new(), isFlag: false, 7));
        var (honest, malformed) = (Chain(Event(Cid, new(), isFlag: false, 8)), Chain(Event(Bob, new(), isFlag: true, 7)));
        Assert.Equal(honest.Length, (await ApplyAsync(truth, honest)).Events);
        Assert.Equal(malformed.Length, (await ApplyAsync(truth, malformed)).Refused);
    }

    private async Task<ReplicaTruth> OpenAsync() =>
        _truth = await ReplicaTruth.OpenAsync("laptop", TestSchema.Instance, new GraphReplicaOptions { Time = _time }.UseMemory(new()), default);

    private static EntityId IdOf(long id) => EntityId.Node(new("Ghost", "Ghost", "main", Person.EntityType.Key, null, null), id);

    private static Task<AppliedEvents> ApplyAsync(ReplicaTruth truth, params GraphEvent[] events) => truth.ApplyAsync("main", [.. events.Select(one => one.Bytes)], default).AsTask();

    private static VersionVector Seen(params (ReplicaId Replica, ulong Counter)[] entries)
    {
        var vector = new VersionVector();
        foreach (var (replica, counter) in entries) vector.Advance(replica, counter);
        return vector;
    }

    /// <summary>As many events as a frame can hold, each following the one before.</summary>
    private static GraphEvent[] Chain(GraphEvent begin)
    {
        var chain = new List<GraphEvent>(WireLimits.Items) { begin };
        for (var next = begin.Last + 1; chain.Count < WireLimits.Items; next++)
            chain.Add(EventCodec.Create("main", begin.Origin, next, next, begin.Stamp, Seen((begin.Origin, next - 1)), []));
        return [.. chain];
    }

    /// <summary>An event that follows what its origin has seen of itself, and makes each of the ghosts.</summary>
    private GraphEvent Event(ReplicaId origin, VersionVector seen, bool isFlag, params int[] ghosts)
    {
        var replica = new Replica("somebody", origin, seen[origin], _time);
        var changes = ghosts.Select(ghost => Ghost(replica, isFlag, ghost)).Select(state => new EntityDelta(state.Id, Poison.StateOf(state.TakeDelta()))).ToList();
        return EventCodec.Create("main", origin, seen[origin] + 1, replica.LastNumber, Stamp.FromTime(_time.GetUtcNow()), seen, changes);
    }

    private static EntityState Ghost(Replica replica, bool isFlag, int id)
    {
        var field = new FieldSchema("What", isFlag ? FieldKind.EnableWins : FieldKind.Counter, ValueKind.Int64, false, "What");
        var (flag, counter) = (new EnableWinsFlag(field), new Counter(field));
        var state = new EntityState(new("Ghost", "Ghost", "main", Person.EntityType.Key, null, null, field), IdOf(id), replica, isFlag ? flag : counter);
        state.Create();
        if (isFlag) flag.Value = true;
        else counter.Add(1);
        return state;
    }
}
