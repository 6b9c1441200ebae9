using System.Collections.Immutable;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>Makes the next content of a store out of a commit, in one part or in several. What is thrown on the way leaves no trace.</summary>
internal sealed class ContentWriter
{
    /// <summary>How many entities a commit can change.</summary>
    private const int MaxEntities = 1 << 24;

    private readonly StoreContent _content;
    private readonly long _revision;
    private readonly ImmutableSortedSet<StoredRow>.Builder _entities, _conflicts;
    private readonly ImmutableSortedDictionary<long, EntityId>.Builder _rows;
    private readonly ImmutableSortedSet<Incidence>.Builder _incidences;
    private readonly ImmutableSortedSet<StoredChange>.Builder _changes;
    private readonly ImmutableSortedSet<StoredClaim>.Builder _claims;
    private long _lastRow;
    private long _written;

    /// <param name="content">What it is to follow.</param>
    /// <param name="revision">The number of the commit.</param>
    /// <exception cref="ArgumentException">That is not one above the last.</exception>
    public ContentWriter(StoreContent content, long revision)
    {
        if (revision != content.Revision + 1) throw new ArgumentException($"The last commit was number {content.Revision}; {revision} can't follow it.", nameof(revision));
        (_content, _revision, _lastRow) = (content, revision, content.LastRow);
        (_entities, _conflicts, _rows) = (content.Entities.ToBuilder(), content.Conflicts.ToBuilder(), content.Rows.ToBuilder());
        (_incidences, _changes, _claims) = (content.Incidences.ToBuilder(), content.Changes.ToBuilder(), content.Claims.ToBuilder());
    }

    /// <summary>Demands that a commit makes sense, before anything of it is written.</summary>
    /// <exception cref="ArgumentException">It doesn't.</exception>
    public void Require(StoreCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Revision != _revision) throw new ArgumentException($"The batch was begun for revision {_revision}, not {commit.Revision}.", nameof(commit));
        commit.RequireDots();
        commit.RequireLanes(_content.Lanes.ContainsKey);
    }

    /// <summary>Writes entities, those with lower ids first, and gives their rows in the order given.</summary>
    /// <exception cref="ArgumentException">They are too many, or one has no id or comes twice.</exception>
    public long[] Write(IReadOnlyList<EntityWrite> entities)
    {
        if (_written + entities.Count > MaxEntities) throw new ArgumentException($"A commit changes {MaxEntities} entities at most.", nameof(entities));
        var order = EntityWrite.InOrder(entities);
        var rows = new long[order.Length];
        foreach (var index in order)
        {
            rows[index] = Write(entities[index]);
            WriteClaims(entities[index]);
            _changes.Add(new(_revision, _written++, entities[index].Id, entities[index].WasAlive));
        }

        return rows;
    }

    /// <summary>The content with the entities written so far, to be read meanwhile.</summary>
    public StoreContent Unfinished() => _content with
    {
        LastRow = _lastRow,
        Entities = _entities.ToImmutable(),
        Conflicts = _conflicts.ToImmutable(),
        Rows = _rows.ToImmutable(),
        Incidences = _incidences.ToImmutable(),
        Changes = _changes.ToImmutable(),
        Claims = _claims.ToImmutable(),
    };

    /// <summary>The content after the commit.</summary>
    public StoreContent Finish(StoreCommit commit)
    {
        var lanes = _content.Lanes;
        foreach (var (name, vector) in commit.Vectors)
            lanes = lanes.SetItem(name, lanes.TryGetValue(name, out var lane) ? lane with { Vector = vector.Clone() } : new(vector.Clone()));
        foreach (var (name, floor) in commit.Floors) lanes = lanes.SetItem(name, lanes[name] with { Floor = floor.Clone() });
        foreach (var span in commit.Replaced) lanes = lanes.SetItem(span.Lane, lanes[span.Lane].Without(span.Origin, span.First));
        foreach (var stored in commit.Events) lanes = lanes.SetItem(stored.Lane, lanes[stored.Lane].Append(stored));
        var content = Unfinished();
        foreach (var (key, value) in commit.Notes) content = content.Note(key, value);
        if (commit.Incarnation is { } incarnation) content = content.Reincarnate(incarnation);
        return content with { Revision = _revision, Clock = commit.Clock, Lanes = lanes };
    }

    private long Write(EntityWrite write)
    {
        var probe = StoredRow.Of(write.Id);
        var isKnown = _entities.TryGetValue(probe, out var known);
        if (isKnown)
        {
            _entities.Remove(known!);
            _conflicts.Remove(known!);
        }

        if (write.State.IsEmpty)
        {
            if (isKnown) Forget(known!);
            return isKnown ? known!.Row : 0;
        }

        var row = new StoredRow(write.Id, isKnown ? known!.Row : ++_lastRow, write.IsAlive, write.InConflict, write.State.ToArray());
        _entities.Add(row);
        if (row.InConflict) _conflicts.Add(row);
        if (!isKnown) Learn(row);
        return row.Row;
    }

    private void WriteClaims(EntityWrite write)
    {
        foreach (var claim in write.Released) _claims.Remove(new(claim, write.Id));
        foreach (var claim in write.Claimed) _claims.Add(new(claim, write.Id));
    }

    private void Learn(StoredRow row)
    {
        _rows.Add(row.Row, row.Id);
        if (!row.Id.IsRelationship) return;
        var (source, target) = row.Id.Ends();
        _incidences.Add(new(source, row.Id));
        _incidences.Add(new(target, row.Id));
    }

    private void Forget(StoredRow row)
    {
        _rows.Remove(row.Row);
        if (!row.Id.IsRelationship) return;
        var (source, target) = row.Id.Ends();
        _incidences.Remove(new(source, row.Id));
        _incidences.Remove(new(target, row.Id));
    }
}
