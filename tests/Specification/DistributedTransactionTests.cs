using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 3 of the specification: transactions that several replicas agree to.</summary>
public sealed class DistributedTransactionTests : IAsyncDisposable
{
    private const string Follows = "MATCH (a:User)-[:FOLLOWS]->(b:User) RETURN a.Id, b.Id";
    private static readonly EntityId User1 = EntityId.Node(User.EntityType, "user_1"), User2 = EntityId.Node(User.EntityType, "user_2");

    private readonly World _world = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _ready = [];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var ready in _ready) await Record.ExceptionAsync(() => ready);
        await _world.DisposeAsync();
        _ending.Dispose();
    }

    /// <summary>A relationship that a coordinator and three nodes agree to, by two-phase commit.</summary>
    [Fact]
    public async Task DistributedTransaction2pc()
    {
        var (coordinator, nodes) = await OpenAsync();
        await using var tx = await coordinator.BeginDistributedAsync();
        tx.AddRelationship("FOLLOWS", User1, User2);

        var votes = await tx.PrepareAsync(nodes.Select(node => node.Id));
        Assert.Equal(nodes.Append(coordinator).Select(node => node.Id).Order(), votes.Select(vote => vote.Participant));
        Assert.All(votes, vote => Assert.True(vote.IsCommit));
        // Until the outcome nothing shows, and what the transaction touches is nobody else's.
        foreach (var node in nodes)
        {
            Assert.Equal(ParticipantStatus.Prepared, node.StatusOf(tx.Id));
            Assert.Empty(await World.RowsAsync(node, Follows));
            var refused = await Assert.ThrowsAsync<EntityReservedException>(() => World.EditUserAsync(node, "user_1", user => user.Name = "Bob"));
            Assert.Equal(tx.Id, refused.Holder);
        }

        var result = await tx.CommitAsync();
        Assert.Equal(CommitOutcome.Commit, result.Decision);
        Assert.Equal(4, result.Participants.Count);
        Assert.All(result.Participants.Values, status => Assert.Equal(ParticipantStatus.Committed, status));
        foreach (var node in nodes.Prepend(coordinator))
        {
            await node.ProjectedAsync();
            Assert.Equal(["user_1|user_2"], await World.RowsAsync(node, Follows));
            Assert.Empty(node.InDoubt);
            await World.AssertEqualAsync(coordinator, node);
        }

        // It is one event, and it took effect once: whoever took no part gets it by syncing, and those who did have nothing to exchange.
        var absent = await _world.OpenAsync("absent");
        await absent.SyncAsync(nodes[2]);
        await World.AssertEqualAsync(coordinator, absent);
        await World.EditUserAsync(nodes[0], "user_1", user => user.Name = "Bob");
    }

    /// <summary>The disk of one node is full, so it can't promise anything, and all go back.</summary>
    [Fact]
    public async Task DistributedTransactionRollback()
    {
        var (coordinator, nodes) = await OpenAsync();
        _world.FillDisk("node_2", isFull: true);
        await using var tx = await coordinator.BeginDistributedAsync();
        tx.AddRelationship("FOLLOWS", User1, User2);
        tx.Set(User1, "Name", new string('x', 20_000)); // More than there is room for on the pages that the store has.

        var votes = await tx.PrepareAsync(nodes.Select(node => node.Id));
        var refusal = Assert.Single(votes, vote => !vote.IsCommit);
        Assert.Equal((nodes[1].Id, RefusalReason.NotDurable), (refusal.Participant, refusal.Refusal!.Reason));
        Assert.Contains("disk is full", refusal.Refusal.Text, StringComparison.Ordinal);
        var result = await tx.CommitAsync();

        Assert.Equal(CommitOutcome.Abort, result.Decision);
        Assert.Equal(votes, result.Votes);
        Assert.All(result.Participants.Values, status => Assert.Equal(ParticipantStatus.RolledBack, status));
        foreach (var node in nodes)
        {
            await EventuallyAsync(() => node.InDoubt.Count == 0 && node.StatusOf(tx.Id) is ParticipantStatus.RolledBack or ParticipantStatus.Unknown);
            Assert.Empty(await World.RowsAsync(node, Follows));
        }

        // Nothing is left of it: with room on the disk, the same goes through.
        _world.FillDisk("node_2", isFull: false);
        await using var again = await coordinator.BeginDistributedAsync();
        again.AddRelationship("FOLLOWS", User1, User2);
        Assert.All(await again.PrepareAsync(nodes.Select(node => node.Id)), vote => Assert.True(vote.IsCommit));
        Assert.True((await again.CommitAsync()).IsCommitted);
        foreach (var node in nodes) await World.AssertEqualAsync(coordinator, node);
    }

    /// <summary>A disk that fills up after the promise: the commit is decided all the same, and takes effect there as soon as there is room.</summary>
    [Fact]
    public async Task A_disk_that_fills_up_between_prepare_and_commit_delays_the_commit_and_leaves_nothing_in_part()
    {
        var (coordinator, nodes) = await OpenAsync();
        await using var tx = await coordinator.BeginDistributedAsync();
        tx.AddRelationship("FOLLOWS", User1, User2, values: ("Since", new DateOnly(2026, 1, 1)));
        tx.Set(User1, "Name", new string('x', 20_000));
        Assert.All(await tx.PrepareAsync(nodes.Select(node => node.Id)), vote => Assert.True(vote.IsCommit));
        _world.FillDisk("node_2", isFull: true);

        using var hurry = new CancellationTokenSource();
        var committing = tx.CommitAsync(hurry.Token);
        await EventuallyAsync(() => nodes[1].StatusOf(tx.Id) == ParticipantStatus.Pending && nodes[0].StatusOf(tx.Id) == ParticipantStatus.Committed);
        Assert.True(Assert.Single(nodes[1].InDoubt).IsDecided);
        Assert.Empty(await World.RowsAsync(nodes[1], Follows));
        _world.FillDisk("node_2", isFull: false);
        var result = await committing;

        Assert.True(result.IsCommitted);
        await EventuallyAsync(() => nodes[1].StatusOf(tx.Id) is ParticipantStatus.Committed or ParticipantStatus.Unknown);
        foreach (var node in nodes) await World.AssertEqualAsync(coordinator, node);
    }

    private async Task<(GraphReplica Coordinator, GraphReplica[] Nodes)> OpenAsync()
    {
        var coordinator = await _world.OpenAsync("coordinator");
        await World.EditAsync(coordinator, transaction => (transaction.Add<User>("user_1").Name, transaction.Add<User>("user_2").Name) = ("Alice", "Carol"));
        var nodes = new GraphReplica[3];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = await _world.OpenAsync($"node_{i + 1}");
            await nodes[i].SyncAsync(coordinator);
            _ready.Add(coordinator.StandReadyAsync(nodes[i], _ending.Token));
        }

        await EventuallyAsync(() => coordinator.ReadyPeers.Count == nodes.Length && nodes.All(node => node.ReadyPeers.Count == 1));
        return (coordinator, nodes);
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var patience = 0; !holds(); patience++)
        {
            Assert.True(patience < 3_000, "It does not come about.");
            await Task.Delay(10);
        }
    }
}
