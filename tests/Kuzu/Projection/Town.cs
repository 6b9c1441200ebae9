using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>People and what connects them: a relationship with a column, one without any, and one that occurs many times between the same two.</summary>
internal static class Town
{
    private static readonly FieldSchema Name = new("Name", FieldKind.Register, ValueKind.Text, Nullable: true, "Name");
    private static readonly FieldSchema Since = new("Since", FieldKind.Register, ValueKind.Int32, Nullable: true, "Since");
    private static readonly FieldSchema Amount = new("Amount", FieldKind.Register, ValueKind.Int64, Nullable: true, "Amount");

    public static EntityType Person { get; } = new("Person", "Person", EntityType.MainLane, new("Id", ValueKind.Int64, "Id"), null, null, Name);

    public static EntityType Knows { get; } = new("Knows", "KNOWS", EntityType.MainLane, null, Person, Person, Since);

    public static EntityType Follows { get; } = new("Follows", "FOLLOWS", EntityType.MainLane, null, Person, Person);

    public static EntityType Paid { get; } = new("Paid", "PAID", EntityType.MainLane, new("No", ValueKind.Int32, "No"), Person, Person, Amount);

    public static EntityType Visited { get; } = new("Visited", "VISITED", EntityType.MainLane, new("Year", ValueKind.Int32, "Year"), Person, Person);

    public static GraphSchema Schema { get; } = new("town", 1, Person, Knows, Follows, Paid, Visited);

    public static EntityId PersonId(long id) => EntityId.Node(Person, id);

    public static EntityId Between(EntityType type, long source, long target, EntityKey key = default) => EntityId.Relationship(type, PersonId(source), PersonId(target), key);

    public static ProjectedEntity PersonOf(long id, string? name = null)
    {
        var register = new LwwRegister<string, TextCodec>(Name, null!);
        return Entities.Written(Person, PersonId(id), [register], () => register.Value = name!);
    }

    public static ProjectedEntity KnowsOf(long source, long target, int since)
    {
        var register = new LwwRegister<int, Int32Codec>(Since, 0);
        return Entities.Written(Knows, Between(Knows, source, target), [register], () => register.Value = since);
    }

    public static ProjectedEntity PaidOf(long source, long target, int number, long amount)
    {
        var register = new LwwRegister<long, Int64Codec>(Amount, 0);
        return Entities.Written(Paid, Between(Paid, source, target, number), [register], () => register.Value = amount);
    }

    public static ProjectedEntity FollowsOf(long source, long target) => Entities.Unwritten(Follows, Between(Follows, source, target));

    public static ProjectedEntity VisitedOf(long source, long target, int year) => Entities.Unwritten(Visited, Between(Visited, source, target, year));

    /// <summary>Everything that the database shows, a line each.</summary>
    public static async Task<List<string>> DumpAsync(this Shown shown) =>
    [
        .. Lines(await shown.RowsAsync("MATCH (p:Person) RETURN p.Id, p.Name ORDER BY p.Id")),
        .. Lines(await shown.RowsAsync("MATCH (a:Person)-[k:KNOWS]->(b:Person) RETURN 'knows', a.Id, b.Id, k.Since ORDER BY a.Id, b.Id")),
        .. Lines(await shown.RowsAsync("MATCH (a:Person)-[:FOLLOWS]->(b:Person) RETURN 'follows', a.Id, b.Id ORDER BY a.Id, b.Id")),
        .. Lines(await shown.RowsAsync("MATCH (a:Person)-[p:PAID]->(b:Person) RETURN 'paid', a.Id, b.Id, p.No, p.Amount ORDER BY a.Id, b.Id, p.No")),
        .. Lines(await shown.RowsAsync("MATCH (a:Person)-[v:VISITED]->(b:Person) RETURN 'visited', a.Id, b.Id, v.Year ORDER BY a.Id, b.Id, v.Year")),
    ];

    private static IEnumerable<string> Lines(IEnumerable<GraphRow> rows) => rows.Select(row => string.Join(" ", row.Values.Select(value => value ?? "-")));
}
