using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Uniqueness;

namespace Crdt.Sync.Uniqueness;

/// <summary>Keeps a store's index of the values of unique fields in step with the schema: which fields it is of is noted beside it.</summary>
internal static class ClaimIndex
{
    /// <summary>Where it is noted: <c>{ type[4] field[4] }*</c>, ascending.</summary>
    public const string NoteKey = "unique fields";

    /// <summary>Makes the index anew where other fields are unique than when it was made. O(1) where not, O(entities) otherwise. A crash on the way lets the next opening do it.</summary>
    public static async ValueTask BringUpToDateAsync(IReplicaStore store, GraphSchema schema, CancellationToken cancellationToken)
    {
        var (noted, now) = (await store.ReadNoteAsync(NoteKey, cancellationToken).ConfigureAwait(false), NoteOf(schema));
        if (noted.Span.SequenceEqual(now)) return;
        await store.IndexClaimsAsync(entity => UniqueClaims.ClaimsOf(schema.Find(entity.Id.TypeId), entity.State.Span), cancellationToken).ConfigureAwait(false);
        await store.WriteNoteAsync(NoteKey, now, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] NoteOf(GraphSchema schema)
    {
        var writer = new WireWriter(32);
        foreach (var type in schema.Types.OrderBy(type => type.Id))
        {
            foreach (var field in type.UniqueFields)
            {
                writer.WriteUInt32(type.Id);
                writer.WriteUInt32(field.Id);
            }
        }

        return writer.Finish();
    }
}
