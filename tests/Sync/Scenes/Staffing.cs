using Crdt.Entities;
using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Transactions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Edits of and looks at a graph of <see cref="StaffSchema"/>, in a line each.</summary>
public static class Staffing
{
    public static EntityId Person(long id) => EntityId.Node(StaffSchema.Instance.TypeOf("Staff"), id);

    public static EntityId Tie(string type, long source, long target, long room = 0)
    {
        var schema = StaffSchema.Instance.TypeOf(type);
        return EntityId.Relationship(schema, Person(source), Person(target), schema.Key is null ? default : (EntityKey)room);
    }

    public static Task HireAsync(this GraphReplica replica, params long[] people) => replica.EditAsync(tx =>
    {
        foreach (var id in people) tx.AddNode("Staff", id);
    });

    public static Task ConnectAsync(this GraphReplica replica, string type, long source, long target, string? note = null) =>
        replica.EditAsync(tx => tx.Tie(type, source, target, note));

    public static void Tie(this GraphTransaction transaction, string type, long source, long target, string? note = null, long room = 0) =>
        transaction.AddRelationship(type, Person(source), Person(target), StaffSchema.Instance.TypeOf(type).Key is null ? default : (EntityKey)room, ("Note", note));

    public static Task DeleteAsync(this GraphReplica replica, EntityId id) => replica.EditAsync(async tx => (await tx.GetEntityAsync(id))!.State.Delete());

    /// <summary>The rows of a type of relationship: <c>1→2</c>, with the note if there is one.</summary>
    public static async Task<string> TiesAsync(this GraphReplica replica, string type) => string.Join(" ",
        (await replica.RowsAsync($"MATCH (a:Staff)-[r:{type}]->(b:Staff) RETURN a.Id, b.Id, r.Note ORDER BY a.Id, b.Id, r.Note"))
        .Select(row => row.Split('|')).Select(row => $"{row[0]}→{row[1]}{(row[2] == "null" ? "" : $":{row[2]}")}"));

    /// <summary>What is hidden, and by what: <c>1→3 by 1→2</c>.</summary>
    public static async Task<string> HiddenAsync(this GraphReplica replica, string type)
    {
        var hidden = await replica.ConflictsAsync().Where(conflict => conflict.Kind == ConflictKind.ConnectedElsewhere && conflict.Type.Name == type).ToListAsync();
        return string.Join(" ", hidden.Select(conflict => $"{NameOf(conflict.Entity)} by {NameOf(conflict.Shown)}"));
    }

    public static string NameOf(EntityId tie) => $"{KeyOf(tie.Source)}→{KeyOf(tie.Target)}";

    private static string KeyOf(EntityId person) => person.KeyOf(StaffSchema.Instance.TypeOf("Staff")).ToString();
}
