using Crdt.Schema;

namespace Crdt.Tests.Sync.Model;

/// <summary>Ships for which updates win, and relationships with each rule for deleted ends, without classes. Some are in a lane of their own.</summary>
public static class FleetSchema
{
    private static readonly EntityType Ship = new("Ship", "Ship", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Name", FieldKind.Register, ValueKind.Text, true, "Name"))
    {
        Deletion = Deletion.UpdateWins,
    };

    public static GraphSchema Instance { get; } = new(
        "fleet",
        1,
        Ship,
        Between("FOLLOWS", EntityType.MainLane, OnEndDeleted.Hide),
        Between("TOWS", EntityType.MainLane, OnEndDeleted.Cascade),
        Between("HAILS", "radio", OnEndDeleted.Cascade),
        Between("GUARDS", EntityType.MainLane, OnEndDeleted.Restore),
        Between("CALLS", "radio", OnEndDeleted.Restore));

    private static EntityType Between(string name, string lane, OnEndDeleted ends) => new(name, name, lane, null, Ship, Ship) { OnEndDeleted = ends };
}
