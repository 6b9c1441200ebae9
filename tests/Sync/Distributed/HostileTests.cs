using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using Operation = Crdt.Sync.Distributed.Operation;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>What comes from a stranger is decoded within limits, and believed only where it may be.</summary>
public sealed class HostileTests : IAsyncDisposable
{
    private static readonly EntityId One = EntityId.Node(Person.EntityType, 1);
    private static readonly Operation[] Operations =
    [
        new(OperationVerb.Create, EntityId.Node(Person.EntityType, 4)),
        new(OperationVerb.Set, One) { Field = "Email", Value = "one@example.org" },
        new(OperationVerb.Set, One) { Field = "Email" },
        new(OperationVerb.Increment, One) { Field = "Stock", Amount = -3 },
        new(OperationVerb.Add, One) { Field = "Tags", Key = "x" },
        new(OperationVerb.Put, EntityId.Node(Account.EntityType, 1)) { Field = "Labels", Key = "a", Value = "b" },
        new(OperationVerb.Delete, EntityId.Node(Person.EntityType, 2)),
        new(OperationVerb.Require, EntityId.Node(Person.EntityType, 3)),
    ];

    private readonly Meeting _meeting = new();

    public ValueTask DisposeAsync() => _meeting.DisposeAsync();

    [Fact]
    public void Operations_come_back_as_they_were()
    {
        var bytes = OperationCodec.Encode(Operations, TestSchema.Instance);
        Assert.Equal(Operations, OperationCodec.Decode(bytes, TestSchema.Instance));
        Assert.Throws<ArgumentException>(() => OperationCodec.Encode([], TestSchema.Instance));
        Assert.Throws<ArgumentException>(() => OperationCodec.Encode([.. Enumerable.Repeat(Operations[0], OperationCodec.MaxOperations + 1)], TestSchema.Instance));
        Assert.Throws<ArgumentException>(() => OperationCodec.Encode([.. Enumerable.Repeat(Operations[1] with { Value = new string('x', 60_000) }, 20)], TestSchema.Instance));
    }

    [Fact]
    public void Operations_that_were_altered_are_refused_or_read_as_something_that_has_one_form()
    {
        var (bytes, dice, refused) = (OperationCodec.Encode(Operations, TestSchema.Instance), new Random(5), 0);
        for (var run = 0; run < 20_000; run++)
        {
            var altered = bytes[..(dice.Next(8) == 0 ? dice.Next(bytes.Length) : bytes.Length)].ToArray();
            for (var flips = dice.Next(1, 4); flips > 0 && altered.Length > 0; flips--) altered[dice.Next(altered.Length)] = (byte)dice.Next(256);
            try
            {
                var read = OperationCodec.Decode(altered, TestSchema.Instance);
                Assert.Equal(altered, OperationCodec.Encode(read, TestSchema.Instance));
            }
            catch (WireFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 5_000, 19_999);
    }

    [Fact]
    public async Task Whoever_begins_otherwise_or_says_what_can_not_be_is_told_and_let_go()
    {
        var (ann, _) = await _meeting.OpenTwoAsync();
        var ready = new Frame.Ready(SyncSession.MajorVersion, ReplicaId.Random(), [], [0]);
        Assert.Equal(SessionEnd.Malformed, await EndAsync(ann, new Frame.Done("main")));
        Assert.Equal(SessionEnd.ProtocolVersion, await EndAsync(ann, ready with { Major = 9 }));
        Assert.Equal(SessionEnd.SameReplica, await EndAsync(ann, ready with { Replica = ann.Id }));
        Assert.Equal(SessionEnd.Malformed, await EndAsync(ann, ready, ready));
        Assert.Equal(SessionEnd.Malformed, await EndAsync(ann, ready, new Frame.Commit(new byte[] { 1, 2, 3 })));
        Assert.Equal(SessionEnd.Malformed, await EndAsync(ann, ready, new Frame.Events("main", new byte[] { 9, 9, 9 })));
        Assert.Single(ann.ReadyPeers); // Bob, who is still there.
    }

    [Fact]
    public async Task Only_the_coordinator_decides_and_only_under_its_own_id()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        await using var transaction = await ann.BeginDistributedAsync();
        transaction.Set(One, "Age", 50);
        await transaction.PrepareAsync([bob.Id]);
        var stranger = ReplicaId.Random();
        var lie = new CommitMessage.Prepare(new(ann.Id, 9), 9, TimeSpan.FromSeconds(1), [bob.Id], [One], OperationCodec.Encode([Operations[1]], TestSchema.Instance));
        // A stranger that claims to have been Ann says that it was aborted, that all is over, and asks in her name.
        var (here, there) = InMemoryTransport.CreatePair();
        using var ending = new CancellationTokenSource();
        var serving = bob.StandReadyAsync(here, ending.Token);
        CommitMessage[] messages = [new CommitMessage.Outcome(transaction.Id, null), new CommitMessage.RaiseFloor(transaction.Id with { Number = 100 }), lie];
        await there.SendAsync(new Frame.Ready(SyncSession.MajorVersion, stranger, [ann.Id], [0]).Encode());
        foreach (var message in messages) await there.SendAsync(new Frame.Commit(CommitMessageCodec.Encode(message)).Encode());
        await Meeting.EventuallyAsync(() => bob.ReadyPeers.Contains(stranger));
        Assert.IsType<Frame.Ready>(Frame.Decode((await there.ReceiveAsync())!.Value));
        await Task.Delay(50);
        Assert.Equal(transaction.Id, Assert.Single(bob.InDoubt).Id);
        Assert.True((await transaction.CommitAsync()).IsCommitted);
        await Meeting.EventuallyAsync(() => bob.InDoubt.Count == 0);
        Assert.Equal(50, (await bob.GetAsync<Person>(1))!.Age);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task Entities_to_reserve_beyond_those_of_the_operations_are_refused()
    {
        var (ann, bob) = await _meeting.OpenTwoAsync();
        var stranger = ReplicaId.Random();
        var (here, there) = InMemoryTransport.CreatePair();
        using var ending = new CancellationTokenSource();
        var serving = bob.StandReadyAsync(here, ending.Token);
        EntityId[] greedy = [.. Enumerable.Range(1, 3).Select(id => EntityId.Node(Person.EntityType, id)).Order()];
        await there.SendAsync(new Frame.Ready(SyncSession.MajorVersion, stranger, [], [0]).Encode());
        await there.SendAsync(new Frame.Commit(CommitMessageCodec.Encode(new CommitMessage.Prepare(
            new(stranger, 1), 1, TimeSpan.FromSeconds(1), [bob.Id], greedy, OperationCodec.Encode([Operations[1]], TestSchema.Instance)))).Encode());
        Assert.IsType<Frame.Ready>(Frame.Decode((await there.ReceiveAsync())!.Value));
        var vote = Assert.IsType<CommitMessage.Vote>(CommitMessageCodec.Decode(Assert.IsType<Frame.Commit>(Frame.Decode((await there.ReceiveAsync())!.Value)).Message));
        Assert.Equal(RefusalReason.Invalid, vote.Refusal!.Reason);
        await ann.EditPersonAsync(2, person => person.Age = 2);
        Assert.Empty(bob.InDoubt);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private static async Task<SessionEnd> EndAsync(GraphReplica replica, params Frame[] frames)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        foreach (var frame in frames) await there.SendAsync(frame.Encode());
        return (await Assert.ThrowsAsync<SessionException>(() => replica.StandReadyAsync(here))).Reason;
    }
}
