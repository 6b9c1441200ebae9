using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Transactions;

namespace Crdt.Tests.AspNetCore.Scenes;

/// <summary>A graph with items, and orders in a lane of their own, without classes.</summary>
internal static class Shop
{
    public const string Orders = "orders";

    public static EntityType Item { get; } = new("Item", "Item", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Name", FieldKind.Register, ValueKind.Text, true, "Name"));

    public static EntityType Order { get; } = new("Order", "Order", Orders, new KeySchema("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Note", FieldKind.Register, ValueKind.Text, true, "Note"));

    public static GraphSchema Items { get; } = new("shop", 1, Item);

    public static GraphSchema All { get; } = new("shop", 2, Item, Order);

    public static Task AddItemAsync(this GraphReplica replica, long id, string name) => replica.EditAsync(tx => tx.AddNode("Item", id, ("Name", name)));

    public static Task AddOrderAsync(this GraphReplica replica, long id, string note) => replica.EditAsync(tx => tx.AddNode("Order", id, ("Note", note)));

    public static async Task<string?> ItemAsync(this GraphReplica replica, long id) => (string?)(await replica.GetNodeAsync("Item", id))?["Name"];

    public static async Task<string?> OrderAsync(this GraphReplica replica, long id) => (string?)(await replica.GetNodeAsync("Order", id))?["Note"];

    private static async Task EditAsync(this GraphReplica replica, Action<GraphTransaction> edit)
    {
        await using var transaction = await replica.BeginAsync();
        edit(transaction);
        await transaction.CommitAsync();
    }
}
