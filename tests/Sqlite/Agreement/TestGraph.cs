using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Tests.Sqlite;

/// <summary>The graph that the tests store: people who know and pay people.</summary>
internal static class TestGraph
{
    public static readonly EntityType Person = new("Person", "Person", "main", new("Id", ValueKind.Int64, "Id"), null, null, Text("Email"));
    public static readonly EntityType Knows = new("Knows", "KNOWS", "main", null, Person, Person, Text("Since"));
    public static readonly EntityType Paid = new("Paid", "PAID", "money", new("Number", ValueKind.Int64, "Number"), Person, Person);
    public static readonly ReplicaId Phone = new(7), Laptop = new(9), Tablet = new(11);

    public static GraphSchema Shop(int version = 1, params EntityType[] more) => new("shop", version, [Person, Knows, Paid, .. more]);

    public static FieldSchema Text(string name) => new(name, FieldKind.Register, ValueKind.Text, true, name);

    public static StoreOffer Offer(GraphSchema? schema = null) => new("phone", Phone, schema ?? Shop());

    public static EntityId Node(long id) => EntityId.Node(Person, id);

    public static EntityId Edge(long source, long target) => EntityId.Relationship(Knows, Node(source), Node(target));

    public static EntityId Payment(long source, long target, long number) => EntityId.Relationship(Paid, Node(source), Node(target), number);

    public static EntityWrite Put(EntityId id, string state, bool wasAlive = false, bool isAlive = true, bool inConflict = false) =>
        new(id, System.Text.Encoding.UTF8.GetBytes(state), wasAlive, isAlive, inConflict);

    public static EntityWrite Drop(EntityId id, bool wasAlive = true) => new(id, default, wasAlive, false, false);

    public static StoreCommit Commit(long revision, params EntityWrite[] entities) =>
        new(revision, new((ulong)revision << 16), new Dictionary<string, VersionVector>(), [], entities);

    public static StoreCommit Commit(long revision, IReadOnlyDictionary<string, VersionVector> vectors, params StoredEvent[] events) =>
        new(revision, new((ulong)revision << 16), vectors, events, []);

    public static VersionVector Vector(params (ReplicaId Replica, ulong Counter)[] entries)
    {
        var vector = new VersionVector();
        foreach (var (replica, counter) in entries) vector.Advance(replica, counter);
        return vector;
    }

    public static StoredEvent Event(ReplicaId origin, ulong first, ulong last, int size = 10, string lane = "main") =>
        new(lane, origin, first, last, Enumerable.Repeat((byte)last, size).ToArray());

    public static string AsText(this ReadOnlyMemory<byte> state) => System.Text.Encoding.UTF8.GetString(state.Span);
}
