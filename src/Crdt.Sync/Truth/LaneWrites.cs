using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Sync.Events;
using Crdt.Sync.Transactions;

namespace Crdt.Sync.Truth;

/// <summary>What a transaction wrote to one lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Author">Who gave the dots.</param>
/// <param name="Entities">The entities that were written to.</param>
internal sealed record LaneWrites(string Lane, TransactionAuthor Author, IReadOnlyList<TouchedEntity> Entities)
{
    /// <summary>The relationships among them that may be connected again although they exist, because that settles a conflict.</summary>
    public IReadOnlySet<EntityId> Settled { get; init; } = new HashSet<EntityId>();

    /// <summary>Makes the event of it, in the light of the rows as they are now.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="vector">What has been applied in the lane.</param>
    /// <param name="previous">See <see cref="GraphEvent.Previous"/>.</param>
    /// <exception cref="EntityExistsException">An entity that it creates exists by now.</exception>
    public GraphEvent Make(Dictionary<EntityId, ReadOnlyMemory<byte>> rows, VersionVector vector, ReadOnlyMemory<byte> previous)
    {
        if (vector[Author.Replica] != Author.FirstNumber - 1)
            throw new InvalidOperationException("This replica has committed a distributed transaction since this one began to write, or its own events have come back from elsewhere, because its files are a copy that lacks what the original has written. Nothing was committed; begin again.");
        if (Author.LastNumber == Author.FirstNumber - 1) Author.Skip(); // Removals alone take no dot, but every event needs one.
        var changes = new List<EntityDelta>(Entities.Count);
        foreach (var touched in Entities) changes.Add(new(touched.State.Id, Delta(touched, rows[touched.State.Id])));
        return EventCodec.Create(Lane, Author.Replica, Author.FirstNumber, Author.LastNumber, Author.Stamp, vector.Clone(), changes, previous);
    }

    private byte[] Delta(TouchedEntity touched, ReadOnlyMemory<byte> row)
    {
        var state = touched.State;
        if (touched.IsNew && !row.IsEmpty)
        {
            if (EncodedEntity.IsAlive(row.Span) && !Settled.Contains(state.Id)) throw new EntityExistsException(state.Type.Name, state.Id);
            // What is there is observed now, so creating it again settles that. Bounded counters go on from where they are.
            EncodedEntity.CollectRemovable(row.Span, state.Pending);
            state.GoOnFrom(row.Span);
        }

        var writer = new WireWriter(256);
        (touched.IsNew ? state : state.Within(state.Pending)).WriteState(ref writer, state.Pending);
        return writer.Finish();
    }
}
