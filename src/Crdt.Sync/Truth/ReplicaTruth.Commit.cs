using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Commit;
using Crdt.Sync.Events;
using Crdt.Sync.Offline;
using Crdt.Sync.Signatures;
using Crdt.Sync.Uniqueness;
using Notes = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Crdt.Sync.Truth;

/// <content>What distributed transactions do to the truth.</content>
internal sealed partial class ReplicaTruth
{
    /// <summary>For which distributed transaction an entity is reserved, so that local commits leave it alone; null where it is free.</summary>
    public Func<EntityId, TransactionId?> HolderOf { get; set; } = static _ => null;

    /// <summary>
    /// Applies the event that a distributed transaction committed with, where it has not come by synchronisation already, and makes notes, in one step of the store.
    /// </summary>
    /// <returns>Whether it is applied now. Nothing has changed where it isn't: events that it depends on have yet to come, or its clock is too far ahead.</returns>
    /// <exception cref="WireFormatException">The event is malformed, or can't be joined with what is there. Nothing has changed.</exception>
    public async ValueTask<bool> ApplyDecidedAsync(ReadOnlyMemory<byte> bytes, Notes notes)
    {
        var head = EventCodec.ReadHead(bytes.Span);
        if (!_lanes.ContainsKey(head.Lane)) throw new WireFormatException($"this replica has no lane '{head.Lane}'", 0);
        using var held = await EnterAsync(CancellationToken.None).ConfigureAwait(false);
        var vector = VectorOf(head.Lane);
        if (vector[head.Origin] >= head.Last)
        {
            foreach (var (key, value) in notes) await _store.WriteNoteAsync(key, value, CancellationToken.None).ConfigureAwait(false);
            return true;
        }

        var arrived = new EventIntake(head.Lane, Schema).Read(bytes);
        if (arrived.Event is not { } graphEvent) throw new WireFormatException(arrived.Defect!, 0);
        if (head.Origin == Id) RequireOwn(arrived, vector[Id]);
        await RequireAuthenticAsync(arrived, graphEvent).ConfigureAwait(false);
        if (vector[head.Origin] != head.First - 1 || !vector.Covers(graphEvent.Dependencies) || LeadBeyondLimit(graphEvent.Stamp) is not null || IsRevoked(head.Origin) || IsBeyondLimit(head.Origin, vector)) return false;
        await ApplyDecidedAsync(graphEvent, vector, notes).ConfigureAwait(false);
        return true;
    }

    private async ValueTask RequireAuthenticAsync(ArrivedEvent arrived, GraphEvent graphEvent)
    {
        try
        {
            EventAuthentication.Require([arrived], CancellationToken.None);
        }
        catch (ForgedEventException error)
        {
            throw new WireFormatException(error.Message, 0);
        }

        if (!arrived.Head.IsLinked) return;
        await _chains.LoadAsync(_store, graphEvent.Lane, [graphEvent.Origin], _lanes[graphEvent.Lane].Vector, CancellationToken.None).ConfigureAwait(false);
        if (Contradicts(graphEvent, new())) throw new WireFormatException("its origin has signed another history before, which was applied here", 0);
    }

    private async ValueTask ApplyDecidedAsync(GraphEvent graphEvent, VersionVector vector, Notes notes)
    {
        var rows = await ReadRowsAsync(graphEvent.Changes.Select(change => change.Id), CancellationToken.None).ConfigureAwait(false);
        var application = new EventApplication(rows, vector);
        application.Apply(graphEvent);
        Clock.Observe(graphEvent.Stamp);
        var quarantine = new QuarantineChange(_quarantine, graphEvent.Lane, Time.GetUtcNow());
        quarantine.Lift(vector);
        await StoreAsync(new() { [graphEvent.Lane] = vector }, [graphEvent], application.Changes(Schema), CancellationToken.None, [], quarantine, notes).ConfigureAwait(false);
    }

    /// <summary>Commits the event of a distributed transaction together with its decision. It isn't folded with others: participants are told of it by itself.</summary>
    private async ValueTask DecideAsync(
        Decision decision, Dictionary<string, VersionVector> vectors, IReadOnlyList<GraphEvent> events, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        events = await _keys.SealEachAsync(Id, events).ConfigureAwait(false);
        var graphEvent = decision.Choose(events);
        var told = new Dictionary<string, ulong> { [graphEvent.Lane] = graphEvent.Last };
        var notes = new Dictionary<string, ReadOnlyMemory<byte>>(decision.NotesOf(graphEvent)) { [ReplicaQueue.NoteKey] = _queue.Note(_queue.IsOffline, _queue.IsTelling, told) };
        await StoreAsync(vectors, events, changes, cancellationToken, [.. events.Select(each => new FoldedEvent(each, 0, 0))], notes: notes).ConfigureAwait(false);
        _queue.LaneOf(graphEvent.Lane).Tell(graphEvent.Last);
    }

    /// <exception cref="UniqueValueTakenException">What is to be committed gives somebody a unique value that another one has.</exception>
    /// <exception cref="EntityReservedException">It is reserved for another transaction.</exception>
    private ValueTask RequireUniqueAsync(IReadOnlyList<RowChange> changes, Decision? decision, CancellationToken cancellationToken)
    {
        var claims = ClaimChange.In(changes, Schema);
        if (claims.Count == 0) return ValueTask.CompletedTask;
        UniqueCheck.RequireUnreserved(claims, HolderOf, decision?.Id);
        return UniqueCheck.RequireFreeAsync(claims, _store, cancellationToken);
    }

    /// <exception cref="EntityReservedException">Something that is to be written is reserved for another transaction.</exception>
    private void RequireFree(IReadOnlyList<LaneWrites> lanes, Decision? decision)
    {
        foreach (var state in lanes.SelectMany(lane => lane.Entities).Select(touched => touched.State))
        {
            if (HolderOf(state.Id) is { } holder && holder != decision?.Id) throw new EntityReservedException(state.Type.Name, state.Id, holder);
        }
    }
}
