using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Transactions;
using Crdt.Tests.Simulation.Model;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Commits;

/// <content>How things are done, and what has to come of them.</content>
internal sealed partial class CommitWorld
{
    private const int MaxRounds = 60;

    /// <summary>Takes what came of something. Everything is done at once, unless a process died in the middle of it.</summary>
    private static void Complete(Task task)
    {
        if (task.IsFaulted) task.GetAwaiter().GetResult();
    }

    private static void Complete<T>(ValueTask<T> task) => Complete(task.AsTask());

    private static void Complete(ValueTask task)
    {
        if (task.IsFaulted) task.AsTask().GetAwaiter().GetResult();
    }

    /// <returns>Whether it was committed; not where the disk was full.</returns>
    private static async ValueTask<bool> EditAsync(CommitNode node, Func<GraphTransaction, ValueTask> edit)
    {
        var transaction = new GraphTransaction(node.Truth!, SimulationSchema.Instance, static () => { }, static _ => ValueTask.CompletedTask);
        await edit(transaction);
        try
        {
            await transaction.CommitAsync();
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Gives one replica what another has, unless the way is cut.</summary>
    private void Sync(CommitNode from, CommitNode to)
    {
        if (from == to || !from.IsUp || !to.IsUp || Network.IsCut(from.Id, to.Id)) return;
        Complete(SyncAsync(from, to));
    }

    private static async ValueTask SyncAsync(CommitNode from, CommitNode to)
    {
        try
        {
            var after = to.Truth!.VectorOf(Lane);
            for (var position = 0L; ;)
            {
                var slice = await from.Truth!.ReadLogAsync(Lane, after, position, 64 * 1024, CancellationToken.None);
                await to.Truth!.ApplyAsync(Lane, [.. slice.Events.Select(stored => stored.Bytes)], CancellationToken.None);
                if (slice.IsLast) return;
                position = slice.Position;
            }
        }
        catch (StoreException)
        {
            // The disk was full; the next time will do.
        }
    }

    /// <summary>Takes note of an outcome that somebody acts on.</summary>
    private void Learn(TransactionId id, CommitOutcome outcome, string who)
    {
        if (!_outcomes.TryAdd(id, outcome) && _outcomes[id] != outcome) throw new SimulationException($"{who} takes {id} for {outcome}, and somebody else for {_outcomes[id]}");
    }

    private void LearnFromAll()
    {
        foreach (var node in _nodes)
        {
            if (node.Site is not { } site) continue;
            foreach (var known in site.Known)
            {
                if (known.Phase is ParticipantPhase.Applying or ParticipantPhase.Stalled or ParticipantPhase.Committed) Learn(known.Id, CommitOutcome.Commit, $"node {node.Number}");
                else if (known.Phase == ParticipantPhase.Aborted) Learn(known.Id, CommitOutcome.Abort, $"node {node.Number}");
            }
        }
    }

    /// <summary>Nothing goes wrong any more, until nothing happens any more.</summary>
    private void Rest()
    {
        Network.Heal();
        for (var round = 0; round < MaxRounds; round++)
        {
            foreach (var node in _nodes)
            {
                node.Hinder(WriteFault.None);
                Complete(node.StartAsync());
            }

            DeliverAll();
            Serve();
            foreach (var (from, to) in _nodes.SelectMany(from => _nodes.Select(to => (from, to)))) Sync(from, to);
            if (Network.UnderWay == 0 && _nodes.All(node => node.Site is { InDoubt.Count: 0, Unfinished.Count: 0, Reserved: 0 })) return;
            Clock.Pass(TimeSpan.FromSeconds(10));
            foreach (var node in _nodes) Fire(node);
            LearnFromAll();
        }

        var left = string.Join("; ", _nodes.Select(node => $"node {node.Number}: {node.Site!.InDoubt.Count} in doubt, {node.Site.Unfinished.Count} unfinished, {node.Site.Reserved} reserved"));
        throw new SimulationException($"it does not come to rest: {left}");
    }

    private void DeliverAll()
    {
        while (Network.UnderWay > 0)
        {
            var (from, to, message) = Network.Take(0, isDoubled: false);
            if (_nodes.First(node => node.Id == to).Site is { } site) Complete(site.ReceiveAsync(from, message));
        }
    }

    private void Judge()
    {
        LearnFromAll();
        var vectors = _nodes.Select(node => node.Truth!.VectorOf(Lane)).ToList();
        if (vectors.Any(vector => !vector.Equals(vectors[0]))) throw new SimulationException("the replicas have not applied the same");
        // A coordinator that died after its decision has told nobody, and may have forgotten it since.
        foreach (var (id, marker) in _markers)
        {
            if (_nodes.Any(node => Read(node, marker) is not null)) Learn(id, CommitOutcome.Commit, "its mark");
        }

        foreach (var node in _nodes) Judge(node);
    }

    private void Judge(CommitNode node)
    {
        foreach (var (id, marker) in _markers)
        {
            var isThere = Read(node, marker) is not null;
            if (isThere != (_outcomes.GetValueOrDefault(id) == CommitOutcome.Commit)) throw new SimulationException($"{id} is {_outcomes.GetValueOrDefault(id)}, and node {node.Number} {(isThere ? "has" : "lacks")} its mark");
        }

        var kits = Enumerable.Range(0, Kits).Select(kit => Read(node, kit)!).ToList();
        if (kits.Sum(kit => kit.Stock) != 0) throw new SimulationException($"a transaction took effect in part: node {node.Number} has {string.Join(", ", kits.Select(kit => kit.Stock))}");
        var views = kits.Sum(kit => kit.Views);
        if (views < _acknowledged || views > _tried) throw new SimulationException($"node {node.Number} has {views} views, of which {_acknowledged} were acknowledged and {_tried} tried");
    }

    private static Kit? Read(CommitNode node, long id)
    {
        var reading = node.Truth!.ReadRowAsync(KitOf(id), Lane, CancellationToken.None).AsTask();
        Complete(reading);
        var (row, vector) = reading.Result;
        if (!Codec.EncodedEntity.IsAlive(row.Span)) return null;
        var kit = Make<Kit>(KitOf(id));
        kit.State.ReadRow(row.Span, vector);
        return kit;
    }

    private static T Make<T>(EntityId id)
        where T : class, IEntity<T> => T.Create(id, null);
}
