using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Truth;
using Crdt.Uniqueness;

namespace Crdt.Sync.Uniqueness;

/// <summary>The values of unique fields that an entity gains and gives up.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Entity">The entity.</param>
/// <param name="State">What it becomes.</param>
/// <param name="Claimed">What it has then and had not before.</param>
/// <param name="Released">What it had and has no more.</param>
internal sealed record ClaimChange(EntityType Type, EntityId Entity, ReadOnlyMemory<byte> State, IReadOnlyList<UniqueClaim> Claimed, IReadOnlyList<UniqueClaim> Released)
{
    /// <summary>Those that a commit makes.</summary>
    public static IReadOnlyList<ClaimChange> In(IReadOnlyList<RowChange> changes, GraphSchema schema)
    {
        if (!changes.Any(change => change.Write.Claimed.Count > 0)) return [];
        return [.. changes.Select(change => change.Write).Where(write => write.Claimed.Count + write.Released.Count > 0)
            .Select(write => new ClaimChange(schema.Find(write.Id.TypeId)!, write.Id, write.State, write.Claimed, write.Released))];
    }

    /// <summary>Those that a transaction is about to make, on the rows as they are.</summary>
    public static async ValueTask<IReadOnlyList<ClaimChange>> InAsync(IReadOnlyList<LaneWrites> lanes, IReplicaStore store, CancellationToken cancellationToken)
    {
        EntityState[] written = [.. lanes.SelectMany(lane => lane.Entities).Select(touched => touched.State).Where(state => state.Type.UniqueFields.Count > 0)];
        if (written.Length == 0) return [];
        var rows = await store.ReadAsync([.. written.Select(state => state.Id)], cancellationToken).ConfigureAwait(false);
        var changes = new List<ClaimChange>();
        foreach (var (state, row) in written.Zip(rows))
        {
            var after = BytesOf(state);
            var (had, has) = (UniqueClaims.ClaimsOf(state.Type, row.Span), UniqueClaims.ClaimsOf(state.Type, after));
            changes.Add(new(state.Type, state.Id, after, [.. has.Except(had)], [.. had.Except(has)]));
        }

        return changes;
    }

    /// <summary>What an entity in hand has of unique values.</summary>
    public static IReadOnlyList<ClaimedValue> ClaimsOf(EntityState state) => UniqueClaims.Of(state.Type, BytesOf(state));

    /// <summary>Says that another entity has a value.</summary>
    public UniqueValueTakenException Taken(UniqueClaim claim, EntityId owner)
    {
        var (field, value) = Read(Type, State.Span, claim);
        return new($"{Type.Name} {owner.KeyOf(Type)}", field, value, owner);
    }

    /// <summary>Says that an entity has a value of which only a peer knows.</summary>
    public UniqueValueTakenException TakenElsewhere(UniqueClaim claim, string owner)
    {
        var (field, value) = Read(Type, State.Span, claim);
        return new($"{owner}, at a peer,", field, value, null);
    }

    /// <summary>The field and the value that an entity claims.</summary>
    public static (string Field, object? Value) Read(EntityType type, ReadOnlySpan<byte> row, UniqueClaim claim)
    {
        var claimed = UniqueClaims.Of(type, row).First(each => each.Claim == claim);
        return (claimed.Field.Name, ValueReader.Decode(claimed.Field.Value, new WireReader(claimed.Value.Span)));
    }

    private static byte[] BytesOf(EntityState state)
    {
        var writer = new WireWriter(256);
        state.WriteState(ref writer, state.Pending);
        return writer.Finish();
    }
}
