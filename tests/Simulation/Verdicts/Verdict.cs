using Crdt.Clocks;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Simulation.Model;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Verdicts;

/// <summary>Holds replicas that have exchanged everything against each other, and against what was reckoned.</summary>
internal static class Verdict
{
    public static void Check(World world)
    {
        var first = world.Peers[0];
        var expected = Read(first);
        var conflicts = Conflicts(first.Replica!);
        foreach (var peer in world.Peers.Skip(1))
        {
            RequireSameVectors(first, peer);
            RequireSameRows(expected, Read(peer), peer);
            if (!Conflicts(peer.Replica!).SequenceEqual(conflicts)) throw new SimulationException($"{peer.Name} lists other conflicts than {first.Name}");
        }

        foreach (var peer in world.Peers) Require(Now(peer.Replica!.OfflineQueue.MeasureAsync()).Operations == 0, $"something of {peer.Name} waits for a peer that has it");
        foreach (var peer in world.Peers) Require(Now(peer.Replica!.ReadHealthAsync()).Equivocations.Count == 0, $"{peer.Name} says that somebody has signed two histories, and nobody has");
        foreach (var row in expected) RequireReadable(first.Replica!, row.Id);
        RequireReckoned(world, first.Replica!, expected);
    }

    // Everything completes at once here.
    private static T Now<T>(ValueTask<T> work) => work.IsCompleted ? work.GetAwaiter().GetResult() : throw new SimulationException("a read doesn't complete at once");

    private static List<StoredEntity> Read(Peer peer)
    {
        var rows = new List<StoredEntity>();
        while (Now(peer.Store!.ScanAsync(rows.Count == 0 ? default : rows[^1].Id, 1000)) is { Count: > 0 } page) rows.AddRange(page);
        return rows;
    }

    private static List<string> Conflicts(GraphReplica replica) =>
        [.. Now(replica.ConflictsAsync().Select(Show).ToListAsync())];

    private static string Show(Conflict conflict) => $"{conflict.Kind} {conflict.Entity} {conflict.Field?.Name} {conflict.Writes} {conflict.Resolution} {conflict.Shown}";

    private static void RequireSameVectors(Peer first, Peer other)
    {
        foreach (var lane in SimulationSchema.Instance.Lanes)
        {
            var (expected, found) = (first.Replica!.VectorOf(lane), other.Replica!.VectorOf(lane));
            if (!expected.Equals(found)) throw new SimulationException($"in lane '{lane}' {first.Name} is at {expected} and {other.Name} at {found}");
            if (!other.Seen.VectorOf(lane).Equals(found)) throw new SimulationException($"in lane '{lane}' {other.Name} is at {found} and {other.Seen.VectorOf(lane)} is durable");
        }
    }

    private static void RequireSameRows(List<StoredEntity> expected, List<StoredEntity> found, Peer peer)
    {
        for (var i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            if (i < expected.Count && i < found.Count && expected[i].Id == found[i].Id && expected[i].State.Span.SequenceEqual(found[i].State.Span)) continue;
            throw new SimulationException($"{peer.Name} diverged: {Show(expected, i)} is {Show(found, i)} there");
        }
    }

    private static string Show(List<StoredEntity> rows, int index) =>
        index < rows.Count ? $"{Kinds.ByType[rows[index].Id.TypeId].Type.Name} {rows[index].Id} {Convert.ToHexString(rows[index].State.Span)}" : "nothing";

    private static void RequireReadable(GraphReplica replica, EntityId id)
    {
        if (Now(Kinds.ByType[id.TypeId].Read(replica, id)) is not { } entity) return;
        var type = entity.State.Type;
        var bytes = entity.State.Encode();
        if (DynamicEntity.Decode(type, bytes) is var copy && !copy.State.Encode().AsSpan().SequenceEqual(bytes)) throw new SimulationException($"{type.Name} {id} doesn't survive being saved");
        foreach (var field in type.Fields) _ = copy[field.Name];
    }

    private static void RequireReckoned(World world, GraphReplica replica, List<StoredEntity> rows)
    {
        var vectors = replica.Schema.Lanes.ToDictionary(lane => lane, replica.VectorOf);
        var (effects, doubled) = (world.Reckoning.Covered(vectors), world.Reckoning.Doubled(vectors));
        if (doubled.Count > 0) world.Tally.Fault("IssuedTwice");
        effects.RemoveAll(effect => doubled.Contains(effect.Entity));
        var (sums, present) = (Reckoning.Sums(effects), Reckoning.Present(effects));
        foreach (var id in Kinds.Ledger.Ids.Where(id => !doubled.Contains(id)))
        {
            if (Now(replica.GetAsync<Ledger>(id)) is not { } ledger) continue;
            RequireSum(sums, id, "balance", ledger.Balance);
            RequireSum(sums, id, "visits", ledger.Visits);
            RequireSum(sums, id, "x", ledger.Votes["x"]);
            RequireSum(sums, id, "y", ledger.Votes["y"]);
            RequireItems(present, id, [.. ledger.Marks, .. ledger.Lines]);
            RequireExtremes(effects, ledger);
        }

        if (!doubled.Contains(Kinds.Depot.Ids[0]) && Now(replica.GetAsync<Depot>(Kinds.Depot.Ids[0])) is { } depot)
        {
            RequireSum(sums, Kinds.Depot.Ids[0], "stock", depot.Stock);
            RequireItems(present, Kinds.Depot.Ids[0], [.. depot.Marks]);
        }

        // What was reckoned is there at all: entities that are missing have been passed over until here.
        var alive = rows.Select(row => row.Id).Where(id => !doubled.Contains(id) && Now(Kinds.ByType[id.TypeId].Read(replica, id)) is not null).ToHashSet();
        foreach (var (id, item) in sums.Keys.Concat(present)) Require(alive.Contains(id), $"{Kinds.ByType[id.TypeId].Type.Name} {id} is missing, with '{item}'");
        foreach (var id in alive.Where(id => id.TypeId == Ticket.EntityType.Id)) Require(present.Contains((id, "")), $"ticket {id} is back");
    }

    private static void RequireSum(Dictionary<(EntityId Entity, string Item), long> sums, EntityId id, string item, long found) =>
        Require(found == sums.GetValueOrDefault((id, item)), $"'{item}' of {id} is {found} and should be {sums.GetValueOrDefault((id, item))}");

    private static void RequireItems(HashSet<(EntityId Entity, string Item)> present, EntityId id, List<string> found)
    {
        var expected = present.Where(entry => entry.Entity == id).Select(entry => entry.Item).Order(StringComparer.Ordinal).ToList();
        found.Sort(StringComparer.Ordinal);
        Require(found.SequenceEqual(expected), $"{id} holds [{string.Join(' ', found)}] and should hold [{string.Join(' ', expected)}]");
    }

    private static void RequireExtremes(List<Effect> effects, Ledger ledger)
    {
        var numbers = effects.Where(effect => effect.Kind == EffectKind.Extreme && effect.Entity == ledger.State.Id).Select(effect => effect.Amount).ToList();
        if (numbers.Count > 0) Require((ledger.Highest, ledger.Lowest) == (numbers.Max(), numbers.Min()), $"the extremes of {ledger.State.Id} are {ledger.Highest} and {ledger.Lowest} and should be {numbers.Max()} and {numbers.Min()}");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new SimulationException(otherwise);
    }
}
