using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;

namespace Crdt.Sync.Signatures;

/// <summary>
/// The heads of the chains of events that are known, one for each origin and lane, noted in the store in the step that applies the events. Where a lane came to a vector by states, the head stays behind,
/// and the next event of that origin is taken with whatever it names.
/// </summary>
internal sealed class EventChains
{
    private readonly Dictionary<(string Lane, ReplicaId Origin), ChainHead?> _heads = [];

    /// <summary>Reads the heads of some origins, where they aren't known yet. Of those of which nothing is applied there are none, and nothing is kept: ids are free to whoever makes them up.</summary>
    public async ValueTask LoadAsync(IReplicaStore store, string lane, IEnumerable<ReplicaId> origins, VersionVector applied, CancellationToken cancellationToken)
    {
        foreach (var origin in origins.Distinct().Where(origin => ReplicaKey.IsSigned(origin) && applied[origin] > 0 && !_heads.ContainsKey((lane, origin))).ToList())
        {
            var note = await store.ReadNoteAsync(KeyOf(lane, origin), cancellationToken).ConfigureAwait(false);
            _heads[(lane, origin)] = note.IsEmpty ? null : ChainHead.Read(note);
        }
    }

    /// <summary>The head of an origin's chain; null where none is known. It must have been loaded.</summary>
    public ChainHead? Of(string lane, ReplicaId origin) => _heads.GetValueOrDefault((lane, origin));

    /// <summary>What is to be noted with events that are applied.</summary>
    public static IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> NotesOf(IEnumerable<GraphEvent> events) =>
        Last(events).Select(graphEvent => KeyValuePair.Create(KeyOf(graphEvent.Lane, graphEvent.Origin), HeadOf(graphEvent).Note()));

    /// <summary>Takes note that events are durable.</summary>
    public void Advance(IEnumerable<GraphEvent> events)
    {
        foreach (var graphEvent in Last(events)) _heads[(graphEvent.Lane, graphEvent.Origin)] = HeadOf(graphEvent);
    }

    /// <summary>The head of a chain that ends with an event.</summary>
    public static ChainHead HeadOf(GraphEvent graphEvent) => new(graphEvent.Last, graphEvent.Hash.IsEmpty ? SealedEvent.HashOf(graphEvent.Bytes) : graphEvent.Hash);

    private static string KeyOf(string lane, ReplicaId origin) => $"head {origin} {lane}";

    private static IEnumerable<GraphEvent> Last(IEnumerable<GraphEvent> events) =>
        events.Where(graphEvent => !graphEvent.Previous.IsEmpty).GroupBy(graphEvent => (graphEvent.Lane, graphEvent.Origin)).Select(chain => chain.Last());
}
