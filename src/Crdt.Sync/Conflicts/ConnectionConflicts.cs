using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Connections;
using Crdt.Sync.Projecting;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Conflicts;

/// <summary>Finds the relationships that a multiplicity hides.</summary>
/// <param name="store">The truth, which must not change meanwhile.</param>
/// <param name="schema">The types.</param>
internal sealed class ConnectionConflicts(IReplicaStore store, GraphSchema schema)
{
    private const int Page = 5_000;

    private readonly Neighbourhood _neighbourhood = new(store, schema);

    /// <summary>All of them, by type and id. O(relationships of types with a multiplicity), and what <see cref="Neighbourhood.FindAsync"/> costs for them; memory for a page and what is found.</summary>
    public async ValueTask<List<Conflict>> ReadAsync(CancellationToken cancellationToken)
    {
        var conflicts = new List<Conflict>();
        foreach (var type in schema.Types.Where(type => type.IsConstrained))
        {
            for (EntityId? last = EntityId.Least(type); last is { } after;)
            {
                var page = await TruthRows.ScanAsync(store, type, after, Page, cancellationToken).ConfigureAwait(false);
                conflicts.AddRange(await HiddenAsync(type, page, cancellationToken).ConfigureAwait(false));
                last = page.Count < Page ? null : page[^1].Id;
            }
        }

        return conflicts;
    }

    private async ValueTask<List<Conflict>> HiddenAsync(EntityType type, List<StoredEntity> page, CancellationToken cancellationToken)
    {
        var known = new Existences(store);
        var alive = page.FindAll(entity => EncodedEntity.IsAlive(entity.State.Span));
        foreach (var (id, state) in alive) known.Add(id, wasAlive: false, state);
        var competition = new Competition(_neighbourhood, known);
        await competition.FindAsync(alive.Select(entity => entity.Id), cancellationToken).ConfigureAwait(false);
        var conflicts = new List<Conflict>();
        foreach (var candidate in alive.Where(entity => known.WithEnds(entity.Id).Is).Select(entity => competition.CandidateOf(entity.Id)))
        {
            if (competition.Now.Shows(candidate)) continue;
            var shown = competition.Now.RivalOf(candidate);
            conflicts.Add(new(ConflictKind.ConnectedElsewhere, type, candidate.Id, null, competition.Now.CountAt(candidate), "latest_connection_wins")
            {
                Shown = shown,
                Id = ConflictId.Of(candidate.Id, 0, shown.Bytes, []),
            });
        }

        return conflicts;
    }
}
