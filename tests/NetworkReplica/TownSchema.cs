using Crdt.Schema;

namespace Crdt.Tests.NetworkReplica;

/// <summary>People with a name, a stock and tags, whom they know, and an entry for each commit; without classes.</summary>
internal static class TownSchema
{
    private static readonly EntityType Person = new(
        "Person", "Person", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null,
        new FieldSchema("Name", FieldKind.Register, ValueKind.Text, true, "Name"),
        new FieldSchema("Stock", FieldKind.Counter, ValueKind.Int64, false, "Stock"),
        new FieldSchema("Tags", FieldKind.Set, ValueKind.Text, false, "Tags"));

    public static GraphSchema Instance { get; } = new(
        "town",
        1,
        Person,
        new EntityType("KNOWS", "KNOWS", EntityType.MainLane, null, Person, Person, new FieldSchema("Since", FieldKind.Register, ValueKind.Int64, true, "Since")),
        new EntityType("Entry", "Entry", EntityType.MainLane, new KeySchema("Id", ValueKind.Text, "Id"), null, null, new FieldSchema("At", FieldKind.Register, ValueKind.Int64, true, "At")));
}
