using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Sync.Transactions;
using Crdt.Tests.Simulation.Model;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Commits;

/// <summary>
/// Four replicas that run distributed transactions, local ones and synchronisation, over ways that lose, double and delay messages, on disks that are full at times, in processes that die
/// at any write. Whatever happens follows from the seed.
/// </summary>
internal sealed partial class CommitWorld
{
    private const int Nodes = 4, Kits = 6, FirstMarker = 1000;
    private const string Lane = "side";

    private readonly Random _dice;
    private readonly CommitNode[] _nodes;
    private readonly Dictionary<TransactionId, long> _markers = [];
    private readonly Dictionary<TransactionId, CommitOutcome> _outcomes = [];
    private readonly HashSet<CommitNode> _lacking = [];
    private long _nextMarker = FirstMarker;
    private long _acknowledged;
    private long _tried;

    public CommitWorld(ulong seed, CommitMistake mistake = CommitMistake.None)
    {
        (_dice, Mistake) = (new Random(unchecked((int)(seed * 2_654_435_761))), mistake);
        _nodes = [.. Enumerable.Range(0, Nodes).Select(number => new CommitNode(this, number))];
    }

    public CommitMistake Mistake { get; }

    public CommitClock Clock { get; } = new();

    public CommitNetwork Network { get; } = new();

    /// <summary>How often what has happened.</summary>
    public Dictionary<string, long> Happened { get; } = [];

    public void Tally(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    /// <summary>A caller is told how a transaction ended.</summary>
    public void Ended(CommitAction.Finish finish)
    {
        Tally(finish.Outcome == CommitOutcome.Commit ? "committed" : "aborted");
        foreach (var (_, refusal) in finish.Refusals) Tally($"refused {refusal.Reason}");
        // The number of one that nobody was asked for may not be durable, and then it is given once more after a crash.
        if (finish.Outcome == CommitOutcome.Commit || Network.Asked.Contains(finish.Id)) Learn(finish.Id, finish.Outcome, "its caller");
    }

    /// <summary>A replica waits for events that somebody else has.</summary>
    public ValueTask LackAsync(CommitNode node, string lane)
    {
        Tally("lacks");
        if (lane == Lane) _lacking.Add(node);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets everything happen, then nothing more go wrong, and demands that all is as it has to be.</summary>
    /// <exception cref="SimulationException">It isn't.</exception>
    public void Run(int steps)
    {
        foreach (var node in _nodes) Complete(node.StartAsync());
        Complete(EditAsync(_nodes[0], transaction =>
        {
            for (var kit = 0; kit < Kits; kit++) transaction.Add<Kit>(kit);
            return ValueTask.CompletedTask;
        }));
        foreach (var node in _nodes.Skip(1)) Sync(_nodes[0], node);
        for (var step = 0; step < steps; step++)
        {
            Step();
            LearnFromAll();
        }

        Rest();
        Judge();
    }

    private void Step()
    {
        var (node, other) = (_nodes[_dice.Next(Nodes)], _nodes[_dice.Next(Nodes)]);
        switch (_dice.Next(100))
        {
            case < 16:
                Transact(node);
                break;
            case < 60:
                Deliver();
                break;
            case < 68:
                EditLocally(node);
                break;
            case < 73:
                Sync(node, other);
                break;
            case < 76:
                Serve();
                break;
            case < 79:
                if (node != other) Tally(Network.Toggle(node.Id, other.Id) ? "cut" : "healed");
                break;
            case < 85:
                if (node.IsUp) node.Hinder((WriteFault)_dice.Next(1, 4));
                break;
            case < 87:
                if (node.IsUp) node.Crash();
                break;
            case < 93:
                Complete(node.StartAsync());
                break;
            default:
                Clock.Pass(TimeSpan.FromSeconds(_dice.Next(1, 20)));
                foreach (var each in _nodes) Fire(each);
                break;
        }
    }

    /// <summary>Moves a piece from one kit to another and leaves a mark, at several replicas or nowhere.</summary>
    private void Transact(CommitNode node)
    {
        if (node.Site is not { } site) return;
        var begun = site.BeginAsync().AsTask();
        Complete(begun);
        if (!begun.IsCompletedSuccessfully) return;
        var (id, marker, from) = (begun.Result, _nextMarker++, _dice.Next(Kits));
        var to = (from + _dice.Next(1, Kits)) % Kits;
        _markers[id] = marker;
        Operation[] operations =
        [
            new(OperationVerb.Create, KitOf(marker)),
            new(OperationVerb.Increment, KitOf(from)) { Field = "Stock", Amount = -1 },
            new(OperationVerb.Increment, KitOf(to)) { Field = "Stock", Amount = 1 },
        ];
        ReplicaId[] participants = [.. _nodes.Where(each => each == node || _dice.Next(2) == 0).Select(each => each.Id)];
        Tally($"{participants.Length} participants");
        Complete(site.PrepareAsync(id, participants, operations));
        if (node.Site == site) Complete(_dice.Next(10) == 0 ? site.AbortAsync(id) : site.CommitAsync(id));
    }

    private void Deliver()
    {
        for (var count = _dice.Next(1, 5); count > 0 && Network.UnderWay > 0; count--)
        {
            // Mostly the oldest, and any at times: that is one which overtakes, or comes late.
            var index = _dice.Next(4) == 0 ? _dice.Next(Network.UnderWay) : 0;
            var isDoubled = _dice.Next(20) == 0;
            var (from, to, message) = Network.Take(index, isDoubled);
            if (isDoubled) Tally("doubled");
            if (index > 0) Tally("overtaken");
            if (_dice.Next(12) == 0) Tally("lost");
            else if (_nodes.First(each => each.Id == to).Site is { } site) Complete(site.ReceiveAsync(from, message));
            else Tally("nobody there");
        }
    }

    private void EditLocally(CommitNode node)
    {
        if (node.Truth is null) return;
        var kit = KitOf(_dice.Next(Kits));
        var isPromised = node.Site!.InDoubt.Any(each => each.Entities.Contains(kit));
        _tried++;
        var editing = EditAsync(node, async transaction =>
        {
            if (await transaction.GetAsync<Kit>(kit) is { } found) found.Views++;
            else throw new EntityExistsException("no kit", kit);
        }).AsTask();
        try
        {
            Complete(editing);
        }
        catch (EntityReservedException)
        {
            Tally("reserved");
            return;
        }
        catch (EntityExistsException)
        {
            return; // It has not come here yet.
        }

        if (!editing.IsCompletedSuccessfully || !editing.Result) return;
        _acknowledged++;
        if (isPromised) throw new SimulationException($"node {node.Number} changed {kit}, which was reserved");
    }

    private void Fire(CommitNode node)
    {
        if (node.Site is { Due: { } due } site && due <= TimeSpan.Zero) Complete(site.FireAsync());
    }

    private void Serve()
    {
        foreach (var node in _lacking.ToList())
        {
            _lacking.Remove(node);
            foreach (var other in _nodes.Where(each => each != node)) Sync(other, node);
            if (node.Site is { } site) Complete(site.RetryAsync());
        }
    }

    private static EntityId KitOf(long id) => EntityId.Node(Kit.EntityType, id);
}
