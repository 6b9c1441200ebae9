using System.Buffers.Binary;
using System.Runtime.InteropServices.JavaScript;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>
/// A change that is written in parts. A transaction of IndexedDB ends as soon as nothing is asked of it, so none can stay open between them: each part is written for good, with what takes it back, until the commit drops that. A page that
/// goes meanwhile leaves it, and the next opening takes the batch back.
/// </content>
internal sealed partial class StoreSession
{
    private Batch? _batch;

    /// <summary>Whether parts lie in the store that are to be taken back before anything else is written or read.</summary>
    private bool _hasLeftovers;

    public IStoreBatch BeginBatch(long revision)
    {
        RequireNoBatch();
        RequireNext(revision);
        return _batch = new(this, revision, _head.LastRow);
    }

    /// <summary>Takes back what a batch has left that couldn't be taken back when it ended, for instance because the quota was full: until that has worked, nothing is written or read.</summary>
    public Task RequireCleanAsync() => _hasLeftovers ? TakeBackAsync() : Task.CompletedTask;

    /// <summary>Takes back what was written and not committed, the newest part first.</summary>
    private async Task TakeBackAsync()
    {
        _hasLeftovers = true;
        while (true)
        {
            // Parts are few: a batch has one for some thousands of entities.
            var parts = await _database.ReadKeysAsync(RecordStore.Undo, KeyRange.All, int.MaxValue).ConfigureAwait(false);
            if (parts.Count == 0) break;
            var last = parts[^1].Key;
            var undo = await _database.GetAsync(RecordStore.Undo, last).ConfigureAwait(false) ?? throw Missing("undo");
            var changes = new RecordChanges();
            changes.Append(undo.Span);
            changes.Delete(RecordStore.Undo, last.Span);
            await _database.WriteAsync(changes).ConfigureAwait(false);
        }

        Forget();
        _hasLeftovers = false;
    }

    private async Task WritePartAsync(RecordChanges changes, RecordChanges undo, int part)
    {
        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(key, part);
        changes.Put(RecordStore.Undo, key, undo.Packed);
        await _database.WriteAsync(changes).ConfigureAwait(false);
        Forget();
    }

    private async Task EndAsync(Batch batch)
    {
        if (_batch != batch) return;
        _batch = null;
        if (batch.Parts > 0) await TakeBackQuietlyAsync().ConfigureAwait(false);
    }

    // Why the batch ended says more; what can't be taken back now is before anything else is done.
    private async Task TakeBackQuietlyAsync()
    {
        try
        {
            await TakeBackAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is JSException or StoreException)
        {
            _hasLeftovers = true;
        }
    }

    private void RequireNoBatch()
    {
        if (_batch is not null) throw new InvalidOperationException($"A batch of changes to '{_name}' is under way; commit or dispose it first.");
    }

    private sealed class Batch(StoreSession session, long revision, long lastRow) : IStoreBatch
    {
        private long _lastRow = lastRow, _written;

        public int Parts { get; private set; }

        public async ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await IndexedDbFault.RunAsync(session._name, () => WriteAsync(entities)).ConfigureAwait(false);
        }

        public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await IndexedDbFault.RunAsync(session._name, () => CommitAsync(commit)).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync() => await IndexedDbFault.RunAsync(session._name, async () =>
        {
            await session.EndAsync(this).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

        private async Task<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities)
        {
            RequireOpen();
            if (_written + entities.Count > MaxEntities) throw new ArgumentException($"A commit changes {MaxEntities} entities at most.", nameof(entities));
            var (changes, undo) = (new RecordChanges(), new RecordChanges());
            var written = await session.WriteEntitiesAsync(changes, revision, Parts, entities, _lastRow, undo).ConfigureAwait(false);
            if (entities.Count == 0) return written.Rows;
            await session.WritePartAsync(changes, undo, Parts).ConfigureAwait(false);
            (_lastRow, Parts, _written) = (written.LastRow, Parts + 1, _written + entities.Count);
            return written.Rows;
        }

        private async Task<bool> CommitAsync(StoreCommit commit)
        {
            RequireOpen();
            if (commit.Revision != revision) throw new ArgumentException($"The batch was begun for revision {revision}, not {commit.Revision}.", nameof(commit));
            session.Require(commit);
            var changes = new RecordChanges();
            var (_, last) = await session.WriteEntitiesAsync(changes, revision, Parts, commit.Entities, _lastRow, undo: null).ConfigureAwait(false);
            changes.Delete(RecordStore.Undo, KeyRange.All);
            await session.CommitAsync(changes, commit, last).ConfigureAwait(false);
            session._batch = null;
            return true;
        }

        private void RequireOpen()
        {
            if (session._batch != this) throw new InvalidOperationException("The batch has ended.");
        }
    }
}
