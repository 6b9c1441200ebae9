using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Notes = System.Collections.Generic.Dictionary<string, System.ReadOnlyMemory<byte>>;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>The event of a distributed transaction goes past sessions, and has to meet what they demand of any event.</summary>
public sealed class DecidedEventTests : IAsyncDisposable
{
    private static readonly (ReplicaId Ann, ReplicaId Bob) Origins = (new(1), new(2));

    private readonly Meeting _meeting = new();
    private readonly MovableTime _time = new();
    private ReplicaTruth? _truth;

    public async ValueTask DisposeAsync()
    {
        if (_truth is not null) await _truth.DisposeAsync();
        await _meeting.DisposeAsync();
    }

    [Fact]
    public async Task Trap_5_one_from_a_clock_that_is_ahead_is_not_applied_and_leads_nobody_astray()
    {
        var truth = await OpenAsync();
        Assert.False(await truth.ApplyDecidedAsync(Event(Origins.Ann, 1, _time.GetUtcNow().AddHours(1)), new Notes()));
        Assert.Empty(truth.VectorOf("main").Entries);
        Assert.Equal(default, truth.Clock.Last);
    }

    [Fact]
    public async Task Trap_5_what_is_written_after_it_is_later()
    {
        var truth = await OpenAsync();
        var time = _time.GetUtcNow().AddSeconds(30);
        Assert.True(await truth.ApplyDecidedAsync(Event(Origins.Ann, 1, time), new Notes()));
        Assert.Equal(Stamp.FromTime(time), truth.Clock.Last);
    }

    [Fact]
    public async Task Trap_11_one_of_which_the_past_is_missing_is_applied_when_that_has_come()
    {
        var truth = await OpenAsync();
        var (first, second) = (Event(Origins.Ann, 1, _time.GetUtcNow()), Event(Origins.Ann, 2, _time.GetUtcNow()));
        var seen = new VersionVector();
        seen.Advance(Origins.Ann, 2);
        var other = Event(Origins.Bob, 1, _time.GetUtcNow(), seen);
        Assert.False(await truth.ApplyDecidedAsync(other, new Notes()));
        Assert.False(await truth.ApplyDecidedAsync(second, new Notes()));
        Assert.Empty(truth.VectorOf("main").Entries);
        foreach (var decided in (ReadOnlyMemory<byte>[])[first, second, other, first]) Assert.True(await truth.ApplyDecidedAsync(decided, new Notes()));
        Assert.Equal((2UL, 1UL), (truth.VectorOf("main")[Origins.Ann], truth.VectorOf("main")[Origins.Bob]));
    }

    [Fact]
    public async Task Trap_3_one_in_this_replicas_own_name_that_it_never_made_is_refused()
    {
        var truth = await OpenAsync();
        await Assert.ThrowsAsync<WireFormatException>(() => truth.ApplyDecidedAsync(Event(truth.Id, 1, _time.GetUtcNow()), new Notes()).AsTask());
        Assert.Empty(truth.VectorOf("main").Entries);
    }

    /// <summary>Participants have it as soon as it is decided, so nothing may be folded into it any more, not even by a process that ends right then.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap_9_what_was_decided_stays_as_it_is(bool isKilled)
    {
        var disk = new InMemoryDisk();
        var (ann, bob) = (await OpenAnnAsync(disk), await _meeting.OpenAsync("bob"));
        await ann.EditAsync(transaction => transaction.Add<Person>(1));
        await ann.SyncAsync(bob);
        await _meeting.ConnectAsync(ann, bob);
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(EntityId.Node(Person.EntityType, 1), "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        Assert.True((await transaction.CommitAsync()).IsCommitted);
        var writer = isKilled ? await OpenAnnAsync(disk.Copy()) : ann;
        var waiting = await writer.WaitingAsync();
        await writer.EditPersonAsync(1, person => person.Age = 51);
        Assert.Equal(waiting + 1, await writer.WaitingAsync());
    }

    private static ReadOnlyMemory<byte> Event(ReplicaId origin, ulong number, DateTimeOffset time, VersionVector? seen = null)
    {
        var dependencies = seen?.Clone() ?? new();
        dependencies.Advance(origin, number - 1);
        return EventCodec.Create("main", origin, number, number, Stamp.FromTime(time), dependencies, []).Bytes;
    }

    private Task<GraphReplica> OpenAnnAsync(InMemoryDisk disk) => _meeting.Scene.OpenAsync("ann", time: TimeProvider.System, configure: options =>
    {
        options.Commit = Meeting.Hasty;
        options.UseMemory(disk);
    });

    private async Task<ReplicaTruth> OpenAsync() =>
        _truth = await ReplicaTruth.OpenAsync("laptop", TestSchema.Instance, new GraphReplicaOptions { Time = _time }.UseMemory(new()), default);
}
