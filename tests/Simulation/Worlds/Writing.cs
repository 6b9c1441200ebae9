using Crdt.Entities;
using Crdt.Sync.Transactions;
using Crdt.Testing.Histories;
using Crdt.Tests.Simulation.Model;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>A transaction that does random things to a few entities, so that replicas collide.</summary>
internal sealed class Writing(World world, Peer peer, GraphTransaction transaction, Dice dice)
{
    private const int MostOperations = 4;
    private readonly List<Effect> _effects = [];
    private readonly HashSet<EntityId> _added = [];

    public static async Task<Writing> BeginAsync(World world, Peer peer, Dice dice)
    {
        var writing = new Writing(world, peer, await peer.Replica!.BeginAsync(), dice);
        for (var i = 1 + dice.Below(MostOperations); i > 0; i--) await writing.WriteAsync();
        return writing;
    }

    /// <summary>Commits it.</summary>
    /// <exception cref="Crdt.Sync.EntityExistsException">Something that it creates exists by now.</exception>
    /// <exception cref="Storage.StoreException">The disk is full.</exception>
    /// <exception cref="Crdt.Sync.Offline.OfflineQueueFullException">The replica is offline, and its queue is full.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        peer.Committing = _effects;
        try
        {
            var events = await transaction.CommitAsync(cancellationToken);
            world.Tally.Committed += events.Count;
        }
        finally
        {
            peer.Committing = null;
        }
    }

    public ValueTask AbandonAsync() => transaction.DisposeAsync();

    private Task WriteAsync() => dice.Below(10) switch
    {
        0 or 1 or 2 => WriteLedgerAsync(),
        3 => WriteDepotAsync(),
        4 => WriteTicketAsync(),
        _ => WriteWildAsync(Kinds.Wild[dice.Below(Kinds.Wild.Length)]),
    };

    private async Task WriteLedgerAsync()
    {
        var id = Kinds.Ledger.Ids[dice.Below(2)];
        var ledger = await transaction.GetAsync<Ledger>(id) ?? transaction.Add<Ledger>(id.KeyOf(Ledger.EntityType));
        var amount = dice.Below(1000) - 300;
        switch (dice.Below(8))
        {
            case 0 or 1:
                ledger.Balance += amount;
                Reckon(EffectKind.Count, ledger, "balance", amount);
                break;
            case 2:
                var visits = dice.Below(9);
                ledger.Visits += visits;
                Reckon(EffectKind.Count, ledger, "visits", visits);
                break;
            case 3:
                Mark(ledger, ledger.Marks);
                break;
            case 4:
                Unmark(ledger, ledger.Marks);
                break;
            case 5:
                (ledger.Highest, ledger.Lowest) = (amount, amount);
                Reckon(EffectKind.Extreme, ledger, "", amount);
                break;
            case 6:
                var key = dice.Pick("x", "y");
                ledger.Votes[key] += amount;
                Reckon(EffectKind.Count, ledger, key, amount);
                break;
            default:
                var line = world.NextName();
                ledger.Lines.Insert(dice.Below(ledger.Lines.Count + 1), line);
                Reckon(EffectKind.Add, ledger, line, 0);
                break;
        }
    }

    private async Task WriteDepotAsync()
    {
        var id = Kinds.Depot.Ids[0];
        var depot = await transaction.GetAsync<Depot>(id) ?? transaction.Add<Depot>(id.KeyOf(Depot.EntityType));
        switch (dice.Below(3))
        {
            case 0:
                var amount = dice.Below(100) - 50;
                depot.Stock += amount;
                Reckon(EffectKind.Count, depot, "stock", amount);
                break;
            case 1:
                Mark(depot, depot.Marks);
                break;
            default:
                Unmark(depot, depot.Marks);
                break;
        }
    }

    private void Mark(IEntity entity, ISet<string> marks)
    {
        var name = world.NextName();
        marks.Add(name);
        Reckon(EffectKind.Add, entity, name, 0);
    }

    private void Unmark(IEntity entity, ISet<string> marks)
    {
        if (marks.Count == 0) return;
        var names = marks.Order(StringComparer.Ordinal).ToArray();
        var name = names[dice.Below(names.Length)];
        marks.Remove(name);
        Reckon(EffectKind.Remove, entity, name, 0);
    }

    private async Task WriteTicketAsync()
    {
        if (world.Tickets.Count == 0 || dice.OneIn(2))
        {
            var ticket = transaction.Add<Ticket>(world.NextTicket());
            ticket.Text = dice.Pick<string?>("\u00e9", "e\u0301", "", null);
            Reckon(EffectKind.Add, ticket, "", 0);
            return;
        }

        if (await transaction.GetAsync<Ticket>(world.Tickets[dice.Below(world.Tickets.Count)]) is not { } old) return;
        if (dice.OneIn(2))
        {
            old.Text = world.NextName();
            return;
        }

        old.Delete();
        Reckon(EffectKind.Remove, old, "", 0);
    }

    private async Task WriteWildAsync(Kind kind)
    {
        var id = kind.Ids[dice.Below(kind.Ids.Length)];
        var entity = await kind.Get(transaction, id);
        if (entity is null)
        {
            if (dice.OneIn(4)) return;
            entity = Add(kind, id);
        }
        else if (dice.OneIn(6))
        {
            entity.State.Delete();
            if (dice.OneIn(3)) Add(kind, id);
            return;
        }
        else if (kind.Type.IsConstrained && dice.OneIn(6) && !_added.Contains(id))
        {
            // Connecting again what exists settles a conflict.
            Add(kind, id);
            return;
        }

        for (var i = 1 + dice.Below(3); i > 0; i--) WriteField(kind, entity);
    }

    private IEntity Add(Kind kind, EntityId id)
    {
        _added.Add(id);
        return kind.Add(transaction, id);
    }

    private void WriteField(Kind kind, IEntity entity)
    {
        if (!entity.State.IsAlive) return;
        var index = dice.Below(kind.Actions.Length);
        var field = entity.State.Fields[index];
        var (choice, place) = ((byte)dice.Next(), (byte)dice.Next());
        var action = dice.OneIn(4) ? kind.Actions[index].Remove(place, field.ItemCount) : kind.Actions[index].Write(choice, place, field.ItemCount);
        action?.Run(field);
    }

    private void Reckon(EffectKind kind, IEntity entity, string item, long amount) => _effects.Add(new(kind, entity.State.Type.Lane, entity.State.Id, item, amount));
}
