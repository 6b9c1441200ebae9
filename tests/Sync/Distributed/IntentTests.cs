using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>Transactions that wait for their participants.</summary>
public sealed class IntentTests : IAsyncDisposable
{
    private static readonly EntityId One = EntityId.Node(Person.EntityType, 1);
    private readonly Meeting _meeting = new();

    public ValueTask DisposeAsync() => _meeting.DisposeAsync();

    [Fact]
    public async Task An_intent_runs_when_all_are_there_once_and_also_after_a_restart()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var id = bob.Id;
        await _meeting.DisconnectAsync(ann, bob);
        await using (var transaction = await ann.BeginDistributedAsync())
        {
            transaction.Increment(One, "Stock", -4);
            await Assert.ThrowsAsync<ParticipantUnreachableException>(() => transaction.PrepareAsync([id]));
            var intent = await transaction.QueueAsync([id]);
            Assert.Equal([id], intent.Participants);
        }

        await _meeting.Scene.CloseAsync(ann);
        ann = await _meeting.OpenAsync("ann");
        Assert.Null(Assert.Single(ann.Intents).Refusal);
        var ended = new List<DistributedResult>();
        ann.IntentEnded += (_, result) => ended.Add(result);
        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => ended.Count > 0);
        Assert.True(Assert.Single(ended).IsCommitted);
        Assert.Empty(ann.Intents);
        Assert.Equal((6L, 6L), ((await ann.GetAsync<Person>(1))!.Stock, (await bob.GetAsync<Person>(1))!.Stock));
        await _meeting.DisconnectAsync(ann, bob);
        await _meeting.ConnectAsync(ann, bob);
        Assert.Equal(6L, (await ann.GetAsync<Person>(1))!.Stock);
    }

    [Fact]
    public async Task An_intent_that_is_not_valid_is_kept_with_the_reason_and_can_be_cancelled()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var ended = new List<DistributedResult>();
        ann.IntentEnded += (_, result) => ended.Add(result);
        await _meeting.DisconnectAsync(ann, bob);
        await using (var transaction = await ann.BeginDistributedAsync())
        {
            transaction.AddNode("Person", 1);
            await transaction.QueueAsync([bob.Id]);
        }

        await _meeting.ConnectAsync(ann, bob);
        await Meeting.EventuallyAsync(() => ended.Count > 0);
        var refused = Assert.Single(ann.Intents);
        Assert.Contains("Person 1 exists already.", refused.Refusal, StringComparison.Ordinal);
        await ann.CancelIntentAsync(refused.Number);
        Assert.Empty(ann.Intents);
    }

    [Fact]
    public async Task An_intent_that_meets_a_reservation_is_tried_again()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var first = await bob.BeginDistributedAsync();
        first.Increment(One, "Stock", -1);
        await first.PrepareAsync([ann.Id]);
        var ended = new List<DistributedResult>();
        ann.IntentEnded += (_, result) => ended.Add(result);
        await using (var second = await ann.BeginDistributedAsync())
        {
            second.Increment(One, "Stock", -2);
            await second.QueueAsync([bob.Id]);
        }

        await Task.Delay(200);
        Assert.Empty(ended);
        await first.CommitAsync(); // Nothing else has to happen.
        await Meeting.EventuallyAsync(() => ended.Count > 0);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.Equal((7L, 7L), ((await ann.GetAsync<Person>(1))!.Stock, (await bob.GetAsync<Person>(1))!.Stock));
    }
}
