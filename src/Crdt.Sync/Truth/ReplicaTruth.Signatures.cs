using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Health;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Truth;

/// <content>Who has written what: the chains of signed events.</content>
internal sealed partial class ReplicaTruth
{
    private const int RunBytes = EquivocationProof.MaxSize;

    /// <summary>For how many origins the log is read in one frame, to find what contradicts it, or to prove it. Others come again.</summary>
    private const int SearchedAtOnce = 4;

    private readonly OwnKeys _keys;
    private Equivocations _equivocations;
    private readonly EventChains _chains = new();

    /// <summary>Signs a challenge; null where this replica has no key.</summary>
    public async ValueTask<IdentityProof?> ProveAsync(ReadOnlyMemory<byte> challenge, bool isForSession, CancellationToken cancellationToken)
    {
        using var held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return _keys.Of(Id) is { } key ? await IdentityProof.OfAsync(key, challenge, isForSession).ConfigureAwait(false) : null;
    }

    /// <summary>Which hash the next own event of a lane names; empty where nothing is signed.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> PreviousAsync(string lane, CancellationToken cancellationToken)
    {
        if (_keys.Of(Id) is null) return default;
        var made = _lanes[lane].Vector[Id];
        if (made == 0) return SealedEvent.Beginning;
        await _chains.LoadAsync(_store, lane, [Id], _lanes[lane].Vector, cancellationToken).ConfigureAwait(false);
        if (_chains.Of(lane, Id) is { } head && head.Last == made) return head.Hash;
        throw new StoreException($"The store doesn't say what this replica's last event in lane '{lane}' was, so the next one can't be signed. Restore it from a backup, or delete the lease beside it, and open it again: it goes on under a new id.");
    }

    /// <summary>Whether an event, which comes next of its origin, names another one before it than the one that was applied here.</summary>
    private bool Contradicts(GraphEvent graphEvent, FrameTally frame)
    {
        if (graphEvent.Previous.IsEmpty) return false;
        var head = frame.Heads.TryGetValue(graphEvent.Origin, out var passed) ? passed : _chains.Of(graphEvent.Lane, graphEvent.Origin);
        return head is { } known && known.Last == graphEvent.First - 1 && !known.Hash.Span.SequenceEqual(graphEvent.Previous.Span);
    }

    /// <summary>Looks among events whose place is taken here for those that differ from what took it.</summary>
    private async ValueTask FindContradictionsAsync(string lane, IReadOnlyList<ArrivedEvent> arrived, VersionVector vector, FrameTally frame, CancellationToken cancellationToken)
    {
        var covered = arrived.Where(one => one.Event is not null && one.Head.IsLinked && one.Head.Origin != Id && vector[one.Head.Origin] >= one.Head.Last && !_equivocations.IsProven(lane, one.Head.Origin));
        var searched = 0;
        foreach (var some in covered.GroupBy(one => one.Head.Origin))
        {
            if (_chains.Of(lane, some.Key) is not { } head) continue;
            var isLast = some.All(one => one.Head.Last == head.Last);
            if (!isLast && ++searched > SearchedAtOnce) continue;
            var known = isLast ? new Dictionary<ulong, ReadOnlyMemory<byte>> { [head.Last] = head.Hash } : await HashesAsync(lane, some.Key, some.Min(one => one.Head.First), cancellationToken).ConfigureAwait(false);
            if (some.FirstOrDefault(one => known.TryGetValue(one.Head.Last, out var hash) && !hash.Span.SequenceEqual(one.Hash.Span)) is { } other) frame.Contradictions.Add(other.Event!);
        }
    }

    /// <summary>Takes note of what contradicts the history that is here, with the proof, where there is one.</summary>
    private async ValueTask NoteContradictionsAsync(IReadOnlyList<GraphEvent> contradictions, RunsAtHand runs, CancellationToken cancellationToken)
    {
        foreach (var other in contradictions.Where(other => !_equivocations.IsProven(other.Lane, other.Origin)).DistinctBy(other => other.Origin).Take(SearchedAtOnce))
        {
            var theirs = runs.From(other) ?? [];
            if (theirs.Count == 0 && _equivocations.IsKnown(other.Lane, other.Origin)) continue;
            var mine = (await RunAsync(other.Lane, other.Origin, Math.Max(other.First, 2) - 2, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Bytes).ToList();
            var entry = new Equivocation(other.Lane, other.Origin, other.First, Time.GetUtcNow()) { Proof = EquivocationProof.Of(UpToSeal(mine), theirs) };
            if (_equivocations.With(entry, known => _lanes.GetValueOrDefault(known.Lane)?.Vector[known.Origin] ?? 0) is not { } more) continue;
            await _store.WriteNoteAsync(Equivocations.NoteKey, more.Note(), cancellationToken).ConfigureAwait(false);
            _equivocations = more;
        }
    }

    private async ValueTask<Dictionary<ulong, ReadOnlyMemory<byte>>> HashesAsync(string lane, ReplicaId origin, ulong first, CancellationToken cancellationToken)
    {
        var run = await RunAsync(lane, origin, first - 1, cancellationToken).ConfigureAwait(false);
        return run.Where(stored => SealedEvent.IsLinked(stored.Bytes.Span)).ToDictionary(stored => stored.Last, stored => (ReadOnlyMemory<byte>)SealedEvent.HashOf(stored.Bytes));
    }

    /// <summary>The events of an origin in the log behind a dot, as many as make a proof.</summary>
    private async ValueTask<IEnumerable<StoredEvent>> RunAsync(string lane, ReplicaId origin, ulong after, CancellationToken cancellationToken)
    {
        var seen = new VersionVector();
        foreach (var (replica, counter) in VectorOf(lane).Entries) seen.Advance(replica, replica == origin ? after : counter);
        return (await _store.ReadLogAsync(lane, seen, 0, RunBytes, cancellationToken).ConfigureAwait(false)).Events.Where(stored => stored.Origin == origin);
    }

    private static List<ReadOnlyMemory<byte>> UpToSeal(List<ReadOnlyMemory<byte>> run)
    {
        var end = run.FindIndex(encoded => !SealedEvent.SealOf(encoded).IsEmpty);
        return end < 0 ? [] : run.GetRange(0, end + 1);
    }
}
