using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Truth;

/// <content>How events from elsewhere are taken.</content>
internal sealed partial class ReplicaTruth
{
    /// <summary>So many replicas may write in a lane: events of others are refused.</summary>
    public const int MaxOrigins = WireLimits.Items / 2;

    private readonly Func<ReplicaId, bool>? _isRevoked;

    /// <summary>
    /// Applies events from elsewhere, as far as they can be applied in causal order, in one step of the store. An origin of which one is malformed is put into quarantine
    /// from that one on, in the same step; the others go on.
    /// </summary>
    /// <param name="lane">The lane that they are of.</param>
    /// <param name="encoded">The events.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="rules">Whose events are taken from the peer; everybody's by default.</param>
    /// <exception cref="WireFormatException">One of them is malformed in a way that only its sender can be blamed for; none has been applied.</exception>
    /// <exception cref="ForgedEventException">One of them isn't by whom it names; none has been applied.</exception>
    public async ValueTask<AppliedEvents> ApplyAsync(string lane, IReadOnlyList<ReadOnlyMemory<byte>> encoded, CancellationToken cancellationToken, EventRules? rules = null)
    {
        var intake = new EventIntake(lane, Schema);
        var arrived = encoded.Select(intake.Read).ToList();
        var (takes, frame) = (rules ?? EventRules.All, new FrameTally());
        EventAuthentication.Require(arrived, cancellationToken);
        frame.Unwanted.UnionWith(arrived.Select(one => one.Head.Origin).Distinct().Where(origin => !takes.Takes(origin) || IsRevoked(origin)));
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var (delivery, vector) = (_lanes[lane].Delivery, VectorOf(lane));
        foreach (var one in arrived.Where(one => one.Head.Origin == Id)) RequireOwn(one, vector[Id]);
        var change = new QuarantineChange(_quarantine, lane, Time.GetUtcNow());
        await _chains.LoadAsync(_store, lane, arrived.Select(one => one.Head.Origin), vector, cancellationToken).ConfigureAwait(false);
        await FindContradictionsAsync(lane, arrived, vector, frame, cancellationToken).ConfigureAwait(false);
        var ready = delivery.Deliver(Admit(arrived, vector, change, frame), vector);
        frame.Unwanted.UnionWith(ready.Select(graphEvent => graphEvent.Origin).Distinct().Where(IsRevoked)); // It may have been revoked while they waited.
        await _chains.LoadAsync(_store, lane, ready.Select(graphEvent => graphEvent.Origin), vector, cancellationToken).ConfigureAwait(false);
        var rows = ready.Count == 0 ? [] : await ReadRowsAsync(ready.SelectMany(graphEvent => graphEvent.Changes).Select(one => one.Id), cancellationToken).ConfigureAwait(false);
        var application = new EventApplication(rows, vector);
        var runs = new RunsAtHand(arrived.Select(one => one.Bytes).Concat(ready.Concat(delivery.Events).Select(graphEvent => graphEvent.Bytes)));
        var unproven = runs.Unproven(ready);
        var applied = runs.Close(ready.FindAll(graphEvent => !unproven.Contains(graphEvent) && TryApply(graphEvent, application, vector, delivery, frame)));
        change.Lift(vector);
        foreach (var malformed in frame.Malformed.Where(one => change.HasRoom || !frame.Forked.Contains(one.Head.Origin))) change.Add(malformed, vector);
        var changes = application.Changes(Schema);
        if (applied.Count > 0 || change.IsChanged) await StoreAsync(applied.Count == 0 ? [] : new() { [lane] = vector }, applied, changes, cancellationToken, [], change).ConfigureAwait(false);
        await NoteContradictionsAsync(frame.Contradictions, runs, cancellationToken).ConfigureAwait(false);
        foreach (var malformed in frame.Malformed) DropBehind(malformed.Head.Origin, lane);
        return new(vector.Clone(), applied.Count, changes.Count, frame.Held) { Refused = frame.Refused, Conflicts = ArisenIn(changes) };
    }

    private void RequireOwn(ArrivedEvent own, ulong made)
    {
        if (own.Defect is not null) throw new WireFormatException($"an event in the name of this replica is malformed: {own.Defect}", 0);
        if (own.Head.Last > made)
            throw new WireFormatException($"the peer has an event of {Id} that this replica has not made, so a copy that can't be told from it writes under its id, as on a cloned disk; delete the lease beside the store of one of them and open it again", 0);
    }

    /// <summary>Chooses the events that may be applied, or wait for others.</summary>
    private List<GraphEvent> Admit(List<ArrivedEvent> arrived, VersionVector vector, QuarantineChange quarantine, FrameTally frame)
    {
        foreach (var one in arrived)
        {
            if (vector[one.Head.Origin] >= one.Head.Last) continue; // What has been applied already needs no other form.
            if (frame.Unwanted.Contains(one.Head.Origin) || IsBeyondLimit(one.Head.Origin, vector)) frame.Refuse(one with { Defect = null });
            else if (one.Event is not { } graphEvent) frame.Refuse(one);
            else if (IsBehind(graphEvent, quarantine, frame)) frame.Refuse(one with { Event = null });
            else if (LeadBeyondLimit(graphEvent.Stamp) is { } lead) Hold(graphEvent, lead, frame);
            else frame.Admitted.Add(graphEvent);
        }

        return frame.Admitted;
    }

    private bool IsRevoked(ReplicaId origin) => _isRevoked?.Invoke(origin) == true;

    // A vector with more is unreadable everywhere, and ids are free to whoever makes them up.
    private bool IsBeyondLimit(ReplicaId origin, VersionVector vector) => vector.Entries.Count >= MaxOrigins && vector[origin] == 0;

    private void Hold(GraphEvent graphEvent, TimeSpan lead, FrameTally frame)
    {
        frame.Held++;
        _heldBack.Add(graphEvent.Origin, lead);
    }

    /// <summary>Whether an event comes behind one of its origin that was malformed. Where a well-formed event of that place has come meanwhile, it may yet be applied.</summary>
    private bool IsBehind(GraphEvent graphEvent, QuarantineChange quarantine, FrameTally frame)
    {
        if (quarantine.Find(graphEvent.Origin) is not { } entry || graphEvent.Last < entry.First) return false;
        if (graphEvent.First <= entry.First) frame.Mended[entry.Origin] = true;
        if (!frame.Mended.TryGetValue(entry.Origin, out var isMended)) isMended = frame.Mended[entry.Origin] = _lanes[graphEvent.Lane].Delivery.HasWaiting(new(entry.Origin, entry.First));
        return !isMended;
    }

    /// <summary>Applies an event, unless it depends on one that couldn't be, or can't be itself.</summary>
    private bool TryApply(GraphEvent graphEvent, EventApplication application, VersionVector vector, CausalDelivery delivery, FrameTally frame)
    {
        if (!vector.Covers(graphEvent.Dependencies))
        {
            if (frame.IsBehindMalformed(graphEvent)) frame.Refuse(graphEvent, defect: null);
            else delivery.Hold(graphEvent, vector);
            return false;
        }

        if (frame.Forked.Contains(graphEvent.Origin) || IsBeyondLimit(graphEvent.Origin, vector) || (frame.Unwanted.Contains(graphEvent.Origin) && IsRevoked(graphEvent.Origin)))
        {
            frame.Refuse(graphEvent, defect: null);
            return false;
        }

        if (Contradicts(graphEvent, frame))
        {
            frame.Forked.Add(graphEvent.Origin);
            frame.Contradictions.Add(graphEvent);
            frame.Refuse(graphEvent, "its origin has signed another history before, which was applied here");
            return false;
        }

        try
        {
            application.Apply(graphEvent);
        }
        catch (WireFormatException error) when (graphEvent.Origin != Id && frame.Malformed.Count <= Quarantine.MaxOrigins)
        {
            frame.Refuse(graphEvent, error.Message);
            return false;
        }

        Clock.Observe(graphEvent.Stamp);
        if (!graphEvent.Previous.IsEmpty) frame.Heads[graphEvent.Origin] = EventChains.HeadOf(graphEvent);
        return true;
    }

    private void DropBehind(ReplicaId origin, string lane)
    {
        var delivery = _lanes[lane].Delivery;
        if (_quarantine.Find(lane, origin) is { } entry && !delivery.HasWaiting(new(origin, entry.First))) delivery.DropAfter(new(origin, entry.First));
    }
}
