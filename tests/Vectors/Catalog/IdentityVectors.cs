using Crdt.Entities;
using Crdt.Schema;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>What nodes and relationships are called.</summary>
internal static class IdentityVectors
{
    public static readonly EntityType Person = Node("Person", ValueKind.Text);
    public static readonly EntityType Place = Node("Place", ValueKind.Int64);
    public static readonly EntityType Likes = new("Likes", "Likes", EntityType.MainLane, null, Person, Place);
    public static readonly EntityType Visits = new("Visits", "Visits", EntityType.MainLane, new KeySchema("Day", ValueKind.Int32, "Day"), Person, Place);

    public static IEnumerable<Vector> All() =>
    [
        .. Nodes(),
        Identity("relationship", "Person \"ann\" likes Place 42; no discriminator.", Likes, EntityId.Relationship(Likes, EntityId.Node(Person, "ann"), EntityId.Node(Place, 42L))),
        Identity("relationship with a discriminator", "Person \"ann\" visits Place -1 on day 300.", Visits, EntityId.Relationship(Visits, EntityId.Node(Person, "ann"), EntityId.Node(Place, -1L), 300)),
    ];

    private static IEnumerable<Vector> Nodes() =>
    [
        Identity("text key", "The key \"ann\".", Person, EntityId.Node(Person, "ann")),
        Identity("empty text key", "The empty text.", Person, EntityId.Node(Person, "")),
        Identity("text key beyond ASCII", "The key \"\\u00e9\".", Person, EntityId.Node(Person, "é")),
        Identity("Guid key", "The key 00112233-4455-6677-8899-aabbccddeeff.", Node("Thing", ValueKind.Guid), EntityId.Node(Node("Thing", ValueKind.Guid), new Guid("00112233-4455-6677-8899-aabbccddeeff"))),
        Number(ValueKind.Int8, sbyte.MinValue), Number(ValueKind.Int16, short.MinValue), Number(ValueKind.Int32, int.MinValue), Number(ValueKind.Int64, long.MinValue),
        Number(ValueKind.UInt8, byte.MaxValue), Number(ValueKind.UInt16, ushort.MaxValue), Number(ValueKind.UInt32, uint.MaxValue), Number(ValueKind.UInt64, ulong.MaxValue),
    ];

    private static Vector Number(ValueKind kind, EntityKey key)
    {
        var type = Node("Item", kind);
        return Identity($"{kind} key", $"The key {key}.", type, EntityId.Node(type, key));
    }

    private static EntityType Node(string name, ValueKind key) => new(name, name, EntityType.MainLane, new KeySchema("Id", key, "Id"), null, null);
}
