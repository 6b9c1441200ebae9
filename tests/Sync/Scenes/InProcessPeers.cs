using System.Collections.Concurrent;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Replicas in this process, as one of them sees the others, over ways of which some break.</summary>
/// <param name="self">Who looks.</param>
/// <param name="all">All replicas.</param>
/// <param name="loss">The share of sessions that break.</param>
/// <param name="seed">Chooses which.</param>
internal sealed class InProcessPeers(GraphReplica self, IReadOnlyList<GraphReplica> all, double loss = 0, int seed = 0) : IGossipPeers
{
    private readonly Random _random = new(seed);
    private readonly ConcurrentBag<Task> _answers = [];

    /// <summary>Names that are listed, and that nobody answers to.</summary>
    public IReadOnlyList<string> Dead { get; init; } = [];

    /// <summary>Whether the dead say nothing, instead of failing at once.</summary>
    public bool AreSilent { get; init; }

    public ValueTask<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyCollection<string>>([.. Dead, .. all.Where(peer => peer != self).Select(peer => peer.Name)]);

    public ValueTask<ISyncTransport> ConnectAsync(string peer, CancellationToken cancellationToken = default)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        if (Dead.Contains(peer)) return AreSilent ? ValueTask.FromResult<ISyncTransport>(here) : throw new IOException($"'{peer}' can't be reached.");
        int breaksAt;
        lock (_random) breaksAt = _random.NextDouble() < loss ? _random.Next(4) : int.MaxValue;
        _answers.Add(AnswerAsync(all.First(replica => replica.Name == peer), there));
        return ValueTask.FromResult<ISyncTransport>(new HookedTransport(here, (frame, _) => frame >= breaksAt ? throw new IOException("The way broke.") : Task.CompletedTask));
    }

    /// <summary>Waits until the sessions of the others have ended.</summary>
    public Task SettleAsync() => Task.WhenAll(_answers);

    private static async Task AnswerAsync(GraphReplica replica, InMemoryTransport transport)
    {
        await using (transport)
        {
            try
            {
                await replica.SyncAsync(transport);
            }
            catch (Exception error) when (error is Crdt.Sync.Sessions.SessionException or IOException)
            {
                // That ways break is what is tried.
            }
        }
    }
}
