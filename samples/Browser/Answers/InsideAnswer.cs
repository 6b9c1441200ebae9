using System.Runtime.Versioning;
using Crdt.Browser.Storage;
using Crdt.Sync;

namespace Crdt.Samples.Browser.Answers;

/// <summary>What is inside a replica, for those who want to see it work.</summary>
/// <param name="Root">The root of the hash tree: equal where replicas hold the same.</param>
/// <param name="Vector">How far it has come with what each replica wrote.</param>
/// <param name="Log">The last events, newest first.</param>
/// <param name="Managed">Bytes on the managed heap.</param>
/// <param name="Used">Bytes that the site keeps in the browser.</param>
/// <param name="Quota">How many it may keep.</param>
/// <param name="IsPersistent">Whether the browser promises to keep them.</param>
[SupportedOSPlatform("browser")]
internal sealed record InsideAnswer(string Root, InsideAnswer.Entry[] Vector, InsideAnswer.Event[] Log, long Managed, long Used, long Quota, bool IsPersistent)
{
    private const int MostEvents = 30;

    public static async Task<InsideAnswer> OfAsync(GraphReplica replica)
    {
        var tree = await replica.GetMerkleTreeAsync();
        var storage = await StoragePersistence.ReadAsync();
        var events = new Queue<Event>();
        await foreach (var committed in replica.ReadLogAsync())
        {
            events.Enqueue(new(committed.Stamp.Milliseconds, Short.Of(committed.Origin), committed.First, committed.Last, committed.Changes.Count, committed.Bytes.Length));
            if (events.Count > MostEvents) events.Dequeue();
        }

        var vector = replica.VectorOf().Entries.Select(entry => new Entry(Short.Of(entry.Replica), entry.Counter, entry.Replica == replica.Id));
        return new($"{tree.Root:x32}", [.. vector], [.. events.Reverse()], GC.GetTotalMemory(forceFullCollection: false), storage.Used, storage.Quota, storage.IsPersistent);
    }

    internal sealed record Entry(string Replica, ulong Counter, bool IsMine);

    internal sealed record Event(long Time, string Replica, ulong First, ulong Last, int Entities, int Bytes);
}
