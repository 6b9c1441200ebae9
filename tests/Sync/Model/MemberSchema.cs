using Crdt.Schema;

namespace Crdt.Tests.Sync.Model;

/// <summary>Members of a club, with an address and a number that one of them at most has, and their guests in a lane of their own; without classes.</summary>
public static class MemberSchema
{
    /// <summary>The same before anything was unique.</summary>
    public static GraphSchema Former { get; } = Of(1, isUnique: false);

    public static GraphSchema Instance { get; } = Of(2, isUnique: true);

    private static GraphSchema Of(int version, bool isUnique) => new(
        "club",
        version,
        new EntityType(
            "Member", "Member", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null,
            new FieldSchema("Email", FieldKind.Register, ValueKind.Text, true, "Email") { IsUnique = isUnique },
            new FieldSchema("Number", FieldKind.Register, ValueKind.Int32, false, "Number") { IsUnique = isUnique },
            new FieldSchema("Name", FieldKind.Register, ValueKind.Text, true, "Name")),
        new EntityType(
            "Guest", "Guest", "guests", new KeySchema("Id", ValueKind.Int64, "Id"), null, null,
            new FieldSchema("Code", FieldKind.Register, ValueKind.Text, true, "Code") { IsUnique = isUnique }));
}
