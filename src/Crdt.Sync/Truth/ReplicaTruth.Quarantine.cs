using Crdt.Sync.Events;
using Crdt.Sync.Health;
using Crdt.Sync.Offline;
using Crdt.Sync.Signatures;
using Notes = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Crdt.Sync.Truth;

/// <content>What was refused and held back, and how the replica is.</content>
internal sealed partial class ReplicaTruth
{
    private readonly HeldBack _heldBack = new();
    private Quarantine _quarantine;

    /// <summary>How the replica is, of one moment, without what a projection adds.</summary>
    public async ValueTask<HealthReport> ReadHealthAsync(CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var lead = Clock.LeadOf(Clock.Last);
        return new(lead > TimeSpan.Zero ? lead : TimeSpan.Zero)
        {
            Held = _heldBack.Origins,
            Waiting = _lanes.ToDictionary(lane => lane.Key, lane => new WaitingEvents(lane.Value.Delivery.Waiting, lane.Value.Delivery.WaitingBytes)),
            Quarantined = _quarantine.Origins,
            Equivocations = _equivocations.Entries,
            OfflineQueue = await CountWaitingAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The bytes of the event that an origin is in quarantine for; empty where they aren't kept.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadEvidenceAsync(QuarantinedOrigin origin, CancellationToken cancellationToken) =>
        ReadAsync(store => store.ReadNoteAsync(Quarantine.EvidenceKeyOf(origin), cancellationToken), cancellationToken);

    /// <summary>What a commit notes: what peers have confirmed as well, so that it needs no write of its own.</summary>
    private Notes NotesOf(Notes lanes, IReadOnlyList<GraphEvent> events, QuarantineChange? quarantine, Notes? others)
    {
        var chains = EventChains.NotesOf(events).ToList();
        var isChanged = quarantine is { IsChanged: true };
        if (!isChanged && !_queue.IsNoteStale && others is null && chains.Count == 0) return lanes;
        var notes = new Dictionary<string, ReadOnlyMemory<byte>>(isChanged ? lanes.Concat(quarantine!.Notes()) : lanes);
        foreach (var (key, value) in chains) notes[key] = value;
        if (_queue.IsNoteStale) notes[ReplicaQueue.NoteKey] = _queue.Note(_queue.IsOffline, _queue.IsTelling, NothingNew);
        if (others is null) return notes;
        foreach (var (key, value) in others) notes[key] = value;
        return notes;
    }
}
