using Crdt.Schema;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Schemas as they are kept in stores and shown to peers.</summary>
internal static class SchemaVectors
{
    public static IEnumerable<Vector> All() =>
    [
        Made.Schema("empty schema", "A graph without types.", new("empty", 1)),
        Made.Schema("schema", "Two types of nodes and two of relationships; lanes, tables and columns of their own.", new("social", 300, Person, City, Knows, LivesIn)),
        Made.Schema("schema of every kind", "A node with a field of each kind, and one with a register of each type.", new("all", 2, Every)),
        Made.Schema("schema of every multiplicity", "Relationships of each multiplicity between one type of node, of one of them updates win.", new("counted", 1, Person, OfMultiplicity("Any", Multiplicity.ManyMany), OfMultiplicity("ToOne", Multiplicity.ManyOne), OfMultiplicity("FromOne", Multiplicity.OneMany), OfMultiplicity("Pair", Multiplicity.OneOne))),
        Made.Schema("schema of every rule for deleted ends", "Relationships that hide, cascade, and restore their ends.", new("ended", 1, City, OfEnds("Hides", OnEndDeleted.Hide), OfEnds("Cascades", OnEndDeleted.Cascade), OfEnds("Restores", OnEndDeleted.Restore))),
        Made.Schema("schema with digits", "A node with decimals that have digits: the fewest, the most, and of a price.", new("priced", 1, OfFields("Priced", [OfDigits("Least", 1, 0), OfDigits("Most", 28, 28), OfDigits("Price", 18, 2)]))),
        Made.Schema("schema with a bound", "A node with a counter that never falls below -2.", new("bounded", 1, OfFields("Bounded", [.. Subjects.Seats.Fields]))),
        Made.Schema("schema with a unique field", "A node with an address that one at most has, and one that any number can have.", new("unique", 1, OfFields("Account", [OfText("Email") with { IsUnique = true }, OfText("Name")]))),
    ];

    private static EntityType Person { get; } = new(
        "Person",
        "People",
        EntityType.MainLane,
        new KeySchema("Email", ValueKind.Text, "email"),
        null,
        null,
        new FieldSchema("Name", FieldKind.Register, ValueKind.Text, false, "name"),
        new FieldSchema("Born", FieldKind.Register, ValueKind.Date, true, "Born"));

    private static EntityType City { get; } = new("City", "City", "places", new KeySchema("Id", ValueKind.Guid, "Id"), null, null) { Deletion = Deletion.UpdateWins };

    private static EntityType Knows { get; } = new("Knows", "Knows", EntityType.MainLane, null, Person, Person);

    private static EntityType LivesIn { get; } = new(
        "LivesIn", "LivesIn", "places", new KeySchema("Since", ValueKind.Int32, "Since"), Person, City, new FieldSchema("Visits", FieldKind.Counter, ValueKind.Int64, false, "Visits"));

    private static EntityType OfMultiplicity(string name, Multiplicity multiplicity) =>
        new(name, name, EntityType.MainLane, null, Person, Person) { Multiplicity = multiplicity, Deletion = multiplicity == Multiplicity.OneOne ? Deletion.UpdateWins : Deletion.DeleteWins };

    private static EntityType OfEnds(string name, OnEndDeleted ends) =>
        new(name, name, EntityType.MainLane, null, City, City) { Multiplicity = ends == OnEndDeleted.Restore ? Multiplicity.ManyOne : Multiplicity.ManyMany, OnEndDeleted = ends };

    private static EntityType[] Every { get; } =
    [
        OfFields("Kinds", [.. Subjects.All.Except([Subjects.EveryValue, Subjects.Seats]).SelectMany(subject => subject.Fields).DistinctBy(field => field.Id)]),
        OfFields("Values", [.. Subjects.EveryValue.Fields]),
    ];

    private static FieldSchema OfDigits(string name, int precision, int scale) => new(name, FieldKind.Register, ValueSchema.Decimal(precision, scale), true, name);

    private static FieldSchema OfText(string name) => new(name, FieldKind.Register, ValueKind.Text, true, name);

    private static EntityType OfFields(string name, FieldSchema[] fields) => new(name, name, EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null, fields);
}
