using Crdt.Sync.Commit;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>The decision to commit a distributed transaction, which becomes durable together with its event.</summary>
/// <param name="Id">The transaction, for which entities may be reserved.</param>
/// <param name="NotesOf">What is to be noted with the event, by its keys.</param>
internal sealed record Decision(TransactionId Id, Func<GraphEvent, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> NotesOf)
{
    /// <summary>The lane whose event participants are told of; null where nothing is written to another one.</summary>
    public string? Lane { get; init; }

    /// <summary>The event that participants are told of. Those of other lanes come to them by synchronisation.</summary>
    /// <exception cref="InvalidOperationException">There are several, and no lane was named.</exception>
    public GraphEvent Choose(IReadOnlyList<GraphEvent> events) => events.Count == 1 ? events[0]
        : events.SingleOrDefault(graphEvent => graphEvent.Lane == Lane) ?? throw new InvalidOperationException($"A distributed transaction is one event, so it writes to one lane, and not to {events.Count}.");
}
