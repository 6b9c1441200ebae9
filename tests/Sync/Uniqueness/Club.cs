using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>Members with addresses, in a line each.</summary>
internal static class Club
{
    public static EntityId IdOf(long member) => EntityId.Node(MemberSchema.Instance.TypeOf("Member"), member);

    public static Task<GraphReplica> OpenClubAsync(this Scene scene, string name, GraphSchema? schema = null, Action<GraphReplicaOptions>? configure = null) =>
        scene.OpenAsync(name, schema: schema ?? MemberSchema.Instance, configure: configure);

    public static Task AddAsync(this GraphReplica replica, long member, string? email) => replica.EditAsync(tx => tx.AddNode("Member", member, ("Email", email)));

    public static Task SetAsync(this GraphReplica replica, long member, string? email) => replica.EditAsync(async tx => (await tx.GetNodeAsync("Member", member))!["Email"] = email);

    public static Task DeleteAsync(this GraphReplica replica, long member) => replica.EditAsync(async tx => (await tx.GetNodeAsync("Member", member))!.State.Delete());

    public static async Task<object?> EmailAsync(this GraphReplica replica, long member) => (await replica.GetNodeAsync("Member", member))?["Email"];

    public static Task<UniqueValueTakenException> RefusedAsync(Func<Task> edit) => Assert.ThrowsAsync<UniqueValueTakenException>(edit);

    /// <summary>The shared values that the inbox lists, as who has to give way and who owns it.</summary>
    public static async Task<List<string>> SharedAsync(this GraphReplica replica) =>
        [.. (await replica.ListSharedAsync()).Select(conflict => $"{conflict.Entity.KeyOf(conflict.Type)} {conflict.Field!.Name}={conflict.Reads} of {conflict.Owner.KeyOf(conflict.Type)}").Order(StringComparer.Ordinal)];

    public static async Task<List<Conflict>> ListSharedAsync(this GraphReplica replica) => await replica.Conflicts.ListAsync().Where(conflict => conflict.Kind == ConflictKind.DuplicateValue).ToListAsync();
}
