using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Distributed;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>Replicas that hold the same few people and stand ready for each other.</summary>
public sealed class Meeting : IAsyncDisposable
{
    private readonly Dictionary<(GraphReplica, GraphReplica), (Task Task, CancellationTokenSource Ending)> _ways = [];

    public Scene Scene { get; } = new();

    /// <summary>How long they wait: short, so that a test needn't.</summary>
    public static CommitOptions Hasty { get; } = new() { RetryInterval = TimeSpan.FromMilliseconds(50), Lease = TimeSpan.FromMilliseconds(200), AcknowledgementWait = TimeSpan.FromSeconds(2) };

    public Task<GraphReplica> OpenAsync(string name, GraphSchema? schema = null, CommitOptions? options = null) =>
        Scene.OpenAsync(name, schema: schema, time: TimeProvider.System, configure: configured => configured.Commit = options ?? Hasty);

    /// <summary>Two replicas with people 1 to 3, ready for each other.</summary>
    public async Task<(GraphReplica Ann, GraphReplica Bob)> OpenTwoAsync()
    {
        var (ann, bob) = (await OpenAsync("ann"), await OpenAsync("bob"));
        await ann.EditAsync(transaction =>
        {
            for (var id = 1; id <= 3; id++) transaction.Add<Person>(id).Stock = 10;
        });
        await bob.SyncAsync(ann);
        await ConnectAsync(ann, bob);
        return (ann, bob);
    }

    /// <summary>Lets two replicas stand ready for each other.</summary>
    public async Task ConnectAsync(GraphReplica one, GraphReplica other)
    {
        var ending = new CancellationTokenSource();
        _ways[(one, other)] = (one.StandReadyAsync(other, ending.Token), ending);
        await EventuallyAsync(() => one.ReadyPeers.Contains(other.Id) && other.ReadyPeers.Contains(one.Id));
    }

    /// <summary>Ends that.</summary>
    public async Task DisconnectAsync(GraphReplica one, GraphReplica other)
    {
        _ways.Remove((one, other), out var way);
        await way.Ending.CancelAsync();
        await Record.ExceptionAsync(() => way.Task);
        way.Ending.Dispose();
        await EventuallyAsync(() => !one.ReadyPeers.Contains(other.Id) && !other.ReadyPeers.Contains(one.Id));
    }

    public static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var patience = 0; !holds(); patience++)
        {
            Assert.True(patience < 2_000, "It does not come about.");
            await Task.Delay(10);
        }
    }

    /// <summary>Why a participant, or the coordinator itself as one, refuses operations.</summary>
    public static async Task<string> RefusalAsync(GraphReplica coordinator, GraphReplica participant, Action<DistributedTransaction> write)
    {
        await using var transaction = await coordinator.BeginDistributedAsync();
        write(transaction);
        var refused = Assert.Single(await transaction.PrepareAsync([participant.Id]), vote => !vote.IsCommit);
        Assert.False((await transaction.CommitAsync()).IsCommitted);
        return $"{refused.Refusal!.Reason}: {refused.Refusal.Text}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (one, other) in _ways.Keys.ToList()) await DisconnectAsync(one, other);
        await Scene.DisposeAsync();
    }
}
