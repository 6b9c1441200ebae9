using Crdt.Conflicts;
using Crdt.Entities;
using Crdt.Samples.Browser.Answers;
using Crdt.Samples.Browser.Model;
using Crdt.Sync;
using Crdt.Sync.Conflicts;

namespace Crdt.Samples.Browser.Sharing;

/// <summary>Conflicts in words, and what a person chose of them.</summary>
internal sealed class Inbox(GraphReplica replica)
{
    public async Task<ConflictAnswer[]> ReadAsync()
    {
        var answers = new List<ConflictAnswer>();
        foreach (var conflict in await replica.ConflictsAsync().ToListAsync()) answers.Add(await DescribeAsync(conflict));
        return [.. answers];
    }

    /// <summary>Settles a conflict by one of its choices.</summary>
    public async Task SettleAsync(string id, int choice)
    {
        var conflict = await replica.ConflictsAsync().FirstOrDefaultAsync(conflict => IdOf(conflict) == id) ?? throw new InvalidOperationException("It was settled meanwhile, here or elsewhere.");
        await replica.Conflicts.SettleAsync(conflict, conflict.Kind == ConflictKind.ConcurrentUpdate ? Settlement.Choose(conflict.Competing[choice]) : choice == 0 ? Settlement.Accept : Settlement.Restore);
    }

    // The writes that met are a part of it: whoever looks at an old list must not settle what has come since.
    private static string IdOf(Conflict conflict) => string.Join(' ', [$"{conflict.Kind}", $"{conflict.Entity}", $"{conflict.Field?.Name}", $"{conflict.Shown}", .. conflict.Competing.Select(write => $"{write.Dot}"), .. conflict.Hidden.Select(hidden => $"{hidden}")]);

    private async Task<ConflictAnswer> DescribeAsync(Conflict conflict) => conflict.Kind switch
    {
        ConflictKind.ConcurrentUpdate => new(
            IdOf(conflict),
            $"{await NameOfAsync(conflict.Entity)}: {conflict.Field!.Name.ToLowerInvariant()}",
            "It was written apart. The later one shows.",
            [.. conflict.Competing.Select(write => new ConflictAnswer.Choice(Cell.Text(write.Value) ?? "nothing", OriginOf(write), write.Stamp.Milliseconds, Equals(write.Dot, conflict.Winner?.Dot)))]),
        ConflictKind.DeletedAndUpdated => new(
            IdOf(conflict),
            $"{conflict.Type.Name}: deleted and changed",
            $"It was deleted while somebody wrote to it, apart: {string.Join(", ", conflict.Hidden.Select(hidden => $"{hidden.Key} {Cell.Text(hidden.Value)}"))}.",
            [new("leave it deleted", "", null, true), new("bring it back", "", null, false)]),
        ConflictKind.ConnectedElsewhere => new(
            IdOf(conflict),
            $"{await NameOfAsync(conflict.Entity.Source)}: lives in",
            "Two places were given apart. The later one shows.",
            [new(await NameOfAsync(conflict.Shown.Target), "", null, true), new(await NameOfAsync(conflict.Entity.Target), "", null, false)]),
        _ => new(IdOf(conflict), conflict.Type.Name, $"{conflict.Kind}: {conflict.Resolution}", [new("as it is", "", null, true), new("the other way", "", null, false)]),
    };

    private string OriginOf(ConflictingWrite write) => $"{(write.Dot.Replica == replica.Id ? "here" : $"by {Short.Of(write.Dot.Replica)}")}{(write.Offline ? ", offline" : "")}";

    private async Task<string> NameOfAsync(EntityId node) =>
        (node.TypeId == Person.EntityType.Id ? (await replica.GetAsync<Person>(node))?.Name : (await replica.GetAsync<Place>(node))?.Name) ?? "somebody";
}
