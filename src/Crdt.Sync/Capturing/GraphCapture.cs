using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Connections;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Capturing;

/// <summary>
/// Finds what others have written into the graph database, by holding every row against the truth, and commits it. Nobody else writes meanwhile,
/// and the two were in step before, so that every difference is theirs.
/// </summary>
/// <param name="truth">The truth.</param>
/// <param name="rows">The rows that it shows.</param>
/// <param name="capture">The database.</param>
/// <param name="schema">The types.</param>
internal sealed class GraphCapture(HeldTruth truth, TruthRows rows, IProjectionCapture capture, GraphSchema schema)
{
    /// <summary>How many entities are committed in one transaction.</summary>
    private const int Batch = 1000;

    private readonly CaptureTally _tally = new();
    private readonly Dictionary<Place, EntityId> _taken = [];

    /// <summary>Relationships of nodes that have come back: they are in the truth, and had no row that somebody could have deleted.</summary>
    private readonly HashSet<EntityId> _hidden = [];

    /// <summary>
    /// Commits the changes of all tables, nodes before relationships, which are held against a truth that knows their ends. The database stays as
    /// it was found.
    /// </summary>
    /// <param name="cancellationToken">Ends it early; another capture goes on from there.</param>
    public async ValueTask<CaptureReport> RunAsync(CancellationToken cancellationToken)
    {
        var comparison = new TableComparison((type, take, token) => rows.ReadAsync(truth.Store, type, take, token), ReadShownAsync);
        foreach (var type in schema.Types)
        {
            await foreach (var suspects in comparison.FindAsync(type, cancellationToken).ConfigureAwait(false))
                await CaptureAsync(type, suspects, cancellationToken).ConfigureAwait(false);
        }

        return _tally.Report();
    }

    private async ValueTask ReadShownAsync(EntityType type, Action<ShownRow> take, CancellationToken cancellationToken)
    {
        for (long? position = 0; position is { } at;)
        {
            var page = await capture.ReadRowsAsync(type, at, cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Rows) take(row);
            position = page.Next;
        }
    }

    private async ValueTask CaptureAsync(EntityType type, IReadOnlyList<Suspect> suspects, CancellationToken cancellationToken)
    {
        foreach (var unreadable in suspects.Where(suspect => suspect.KeyText is not null))
            _tally.Refuse(type, new(default, [], unreadable.KeyText), null, unreadable.KeyText!, "what stands in the key columns is no key of the type");
        foreach (var part in suspects.Where(suspect => suspect.KeyText is null).Select(suspect => suspect.Id).Distinct().Chunk(Batch))
            await CommitAsync(type, part, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CommitAsync(EntityType type, EntityId[] ids, CancellationToken cancellationToken)
    {
        var expected = (await rows.FindAsync(truth.Store, type, ids, cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Id);
        var found = (await capture.CaptureRowsAsync(type, ids, cancellationToken).ConfigureAwait(false)).ToLookup(row => row.Shown.Id);
        if (!type.IsRelationship) await NoteHiddenAsync(ids, found, cancellationToken).ConfigureAwait(false);
        var parts = new Stack<EntityId[]>([ids]);
        while (parts.TryPop(out var part))
        {
            var tally = new CaptureTally();
            if (await TryCommitAsync(type, part, expected, found, tally, cancellationToken).ConfigureAwait(false) is not { } refusal)
            {
                _tally.Add(tally);
            }
            else if (part is [var id])
            {
                _tally.Refuse(type, new(id, []), null, "", refusal);
            }
            else
            {
                parts.Push(part[(part.Length / 2)..]);
                parts.Push(part[..(part.Length / 2)]);
            }
        }
    }

    /// <summary>Commits what becomes of some entities.</summary>
    /// <returns>Why that can't be: it is more than a transaction or an entity holds, and nothing was committed; null where it was.</returns>
    private async ValueTask<string?> TryCommitAsync(
        EntityType type, EntityId[] ids, Dictionary<EntityId, ShownRow> expected, ILookup<EntityId, CapturedRow> found, CaptureTally tally, CancellationToken cancellationToken)
    {
        var transaction = new GraphTransaction(truth, schema, static () => { }, static _ => ValueTask.CompletedTask);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var id in ids)
            {
                var match = expected.GetValueOrDefault(id);
                if (Choose(type, match, [.. found[id]], tally) is { } row) await WriteAsync(transaction, type, row, match, tally, cancellationToken).ConfigureAwait(false);
                else if (match is not null) await DeleteAsync(transaction, id, tally, cancellationToken).ConfigureAwait(false);
                else tally.Refuse(type, new(id, []), null, "", "the key is one that the database can't keep, so the entity would have no row");
            }

            try
            {
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (InvalidOperationException error)
            {
                return error.Message;
            }
        }
    }

    private async ValueTask NoteHiddenAsync(EntityId[] ids, ILookup<EntityId, CapturedRow> found, CancellationToken cancellationToken)
    {
        var states = await truth.Store.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        var born = ids.Where((id, i) => found.Contains(id) && !EncodedEntity.IsAlive(states[i].Span)).ToList();
        _hidden.UnionWith(await truth.Store.ReadIncidentAsync(born, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The row of an entity; null where there is none. Of several relationships with the same ends and key, the library knows one.</summary>
    private static CapturedRow? Choose(EntityType type, ShownRow? expected, CapturedRow[] found, CaptureTally tally)
    {
        if (found.Length == 0) return null;
        var kept = Array.Find(found, row => expected is not null && row.Shown.Values.SequenceEqual(expected.Values)) ?? found[0];
        foreach (var other in found.Where(row => row != kept))
            tally.Refuse(type, other.Shown, null, string.Join(", ", other.Shown.Values), "there is another relationship with the same ends and key; give the type a key that tells them apart");
        return kept;
    }

    private async ValueTask DeleteAsync(GraphTransaction transaction, EntityId id, CaptureTally tally, CancellationToken cancellationToken)
    {
        if (_hidden.Contains(id)) return;
        if (await transaction.GetEntityAsync(id, cancellationToken).ConfigureAwait(false) is not { } entity) return;
        entity.State.Delete();
        tally.Deleted++;
    }

    private async ValueTask WriteAsync(GraphTransaction transaction, EntityType type, CapturedRow row, ShownRow? expected, CaptureTally tally, CancellationToken cancellationToken)
    {
        // Each would replace the one before, so that all but one were lost.
        if (expected is null && !Place.Of(type, row.Shown.Id).All(place => _taken.TryAdd(place, row.Shown.Id) || _taken[place] == row.Shown.Id))
        {
            tally.Refuse(type, row.Shown, null, string.Join(", ", row.Shown.Values), $"'{type.Name}' is {type.Multiplicity}, and another was connected there as well");
            return;
        }

        var entity = await transaction.GetEntityAsync(row.Shown.Id, cancellationToken).ConfigureAwait(false);
        // One that is there and isn't shown was connected again.
        if (expected is null && type.IsConstrained && entity is not null) transaction.Add(type, row.Shown.Id, []);
        // One that was deleted goes on with the bounded counters that it had, so what is written into them counts from there.
        if (entity is null && type.Fields.Any(field => EncodedEntity.OutlivesDeletion(field.Kind))) await transaction.GetInConflictAsync(type, row.Shown.Id, cancellationToken).ConfigureAwait(false);
        if (entity is null) tally.Inserted++;
        else if (expected is null || !row.Shown.Values.SequenceEqual(expected.Values)) tally.Updated++;
        entity ??= transaction.Add(type, row.Shown.Id, []);
        for (var i = 0; i < type.Fields.Count; i++)
        {
            // A new row needs no write for what it doesn't say.
            if (expected is null ? row.Values[i] == default : row.Shown.Values[i] == expected.Values[i]) continue;
            var refusal = row.Values[i].Refusal ?? FieldCapture.Apply(entity, type.Fields[i], row.Values[i].Value);
            if (refusal is not null) tally.Refuse(type, row.Shown, type.Fields[i].Column, row.Shown.Values[i], refusal);
        }
    }
}
