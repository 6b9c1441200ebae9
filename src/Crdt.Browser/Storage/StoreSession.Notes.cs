using System.Text;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>What the replica keeps beside the truth: notes, and rows that are put aside.</content>
internal sealed partial class StoreSession
{
    public async Task<ReadOnlyMemory<byte>> ReadNoteAsync(string key) =>
        await _database.GetAsync(RecordStore.Note, Encoding.UTF8.GetBytes(key)).ConfigureAwait(false) ?? default;

    public Task WriteNoteAsync(string key, ReadOnlyMemory<byte> value)
    {
        RequireNoBatch();
        return WriteAsync(changes => PutNote(changes, key, value.Span));
    }

    public Task StageAsync(string stage, IReadOnlyList<StoredEntity> rows)
    {
        RequireNoBatch();
        return WriteAsync(changes =>
        {
            foreach (var row in rows) changes.Put(RecordStore.Staged, StagedKey(stage, row.Id.Bytes), row.State.Span);
        });
    }

    public async Task<IReadOnlyList<StoredEntity>> ReadStagedAsync(string stage, EntityId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var head = StagedKey(stage, []);
        var range = KeyRange.Beginning(head).After(StagedKey(stage, after.Bytes));
        var rows = await _database.ReadAsync(RecordStore.Staged, range, limit).ConfigureAwait(false);
        return [.. rows.Select(row => new StoredEntity(EntityId.FromTrusted(row.Key[head.Length..].ToArray()), row.Record))];
    }

    public Task DropStageAsync(string stage)
    {
        RequireNoBatch();
        return WriteAsync(changes => changes.Delete(RecordStore.Staged, KeyRange.Beginning(StagedKey(stage, []))));
    }

    // From the first row of one stage to the first of the next.
    public async Task<IReadOnlyList<string>> ReadStagesAsync()
    {
        var stages = new List<string>();
        for (var range = KeyRange.All; await _database.ReadKeysAsync(RecordStore.Staged, range, 1).ConfigureAwait(false) is [var first];)
        {
            stages.Add(StageOf(first.Key.Span));
            range = new(KeyRange.Beginning(StagedKey(stages[^1], [])).Upper, []);
        }

        return stages;
    }

    private static void PutNote(RecordChanges changes, string key, ReadOnlySpan<byte> value)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        if (value.IsEmpty) changes.Delete(RecordStore.Note, bytes);
        else changes.Put(RecordStore.Note, bytes, value);
    }

    private static byte[] StagedKey(string stage, ReadOnlySpan<byte> id)
    {
        var writer = new WireWriter(64);
        writer.WriteText(stage);
        writer.WriteBytes(id);
        return writer.Finish();
    }

    private static string StageOf(ReadOnlySpan<byte> key) => new WireReader(key).ReadText();
}
