using Crdt.Schema;

namespace Crdt.Tests.Sync.Model;

/// <summary>People, and relationships of each multiplicity between them, without classes.</summary>
public static class StaffSchema
{
    private static readonly EntityType Staff = new("Staff", "Staff", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);

    /// <summary>The multiplicities and the types that have them; each has a register <c>Note</c>.</summary>
    public static IReadOnlyList<EntityType> Relationships { get; } =
    [
        Between("WORKS_FOR", Multiplicity.ManyOne),
        Between("LEADS", Multiplicity.OneMany, ends: OnEndDeleted.Cascade),
        Between("MENTORS", Multiplicity.OneOne),
        Between("SITS_BY", Multiplicity.OneOne, Deletion.UpdateWins, new KeySchema("Room", ValueKind.Int64, "Room")),
        Between("KNOWS", Multiplicity.ManyMany),
    ];

    public static GraphSchema Instance { get; } = new("staff", 1, [Staff, .. Relationships]);

    private static EntityType Between(string name, Multiplicity multiplicity, Deletion deletion = default, KeySchema? key = null, OnEndDeleted ends = default) =>
        new(name, name, EntityType.MainLane, key, Staff, Staff, new FieldSchema("Note", FieldKind.Register, ValueKind.Text, true, "Note")) { Multiplicity = multiplicity, Deletion = deletion, OnEndDeleted = ends };
}
