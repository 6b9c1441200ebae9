using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <content>What the replica keeps beside the truth: notes, and rows that are put aside.</content>
internal sealed partial class Session
{
    private readonly Statement _readNote, _putNote, _dropNote, _stage, _staged, _dropStage;

    public ReadOnlyMemory<byte> ReadNote(string key)
    {
        if (!_readNote.Bind(1, key).Step()) return default;
        var value = _readNote.Bytes(0).ToArray();
        _readNote.Reset();
        return value;
    }

    public void WriteNote(string key, ReadOnlyMemory<byte> value)
    {
        RequireNoBatch();
        Transact(() => PutNote(key, value.Span));
    }

    public void Stage(string stage, IReadOnlyList<StoredEntity> rows)
    {
        RequireNoBatch();
        Transact(() =>
        {
            foreach (var row in rows) _stage.Bind(1, stage).Bind(2, row.Id.Bytes).Bind(3, row.State.Span).Run();
        });
    }

    public IReadOnlyList<StoredEntity> ReadStaged(string stage, EntityId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var rows = new List<StoredEntity>(Math.Min(limit, 4096));
        _staged.Bind(1, stage).Bind(2, after.Bytes).Bind(3, limit);
        while (_staged.Step()) rows.Add(new(EntityId.FromTrusted(_staged.Bytes(0).ToArray()), _staged.Bytes(1).ToArray()));
        return rows;
    }

    public void DropStage(string stage)
    {
        RequireNoBatch();
        Transact(() => _dropStage.Bind(1, stage).Run());
    }

    public IReadOnlyList<string> ReadStages()
    {
        var stages = new List<string>();
        using var names = _database.Prepare("SELECT DISTINCT stage FROM staged");
        while (names.Step()) stages.Add(names.Text(0));
        return stages;
    }

    private void PrepareNotes(
        out Statement readNote, out Statement putNote, out Statement dropNote, out Statement stage, out Statement staged, out Statement dropStage)
    {
        readNote = _database.Prepare("SELECT value FROM note WHERE key = ?1");
        putNote = _database.Prepare("INSERT INTO note(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        dropNote = _database.Prepare("DELETE FROM note WHERE key = ?1");
        stage = _database.Prepare("INSERT INTO staged(stage, id, state) VALUES(?1, ?2, ?3) ON CONFLICT(stage, id) DO UPDATE SET state = excluded.state");
        staged = _database.Prepare("SELECT id, state FROM staged WHERE stage = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
        dropStage = _database.Prepare("DELETE FROM staged WHERE stage = ?1");
    }

    private void PutNote(string key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) _dropNote.Bind(1, key).Run();
        else _putNote.Bind(1, key).Bind(2, value).Run();
    }
}
