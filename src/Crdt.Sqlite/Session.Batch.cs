using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <content>A change that is written in parts: SQLite's own transaction, left open between them.</content>
internal sealed partial class Session
{
    private Batch? _batch;

    public IStoreBatch BeginBatch(long revision)
    {
        RequireNoBatch();
        RequireNext(revision);
        var batch = new Batch(this, revision);
        _begin.Run();
        return _batch = batch;
    }

    private void RequireNoBatch()
    {
        if (_batch is not null) throw new InvalidOperationException($"A batch of changes to '{_path}' is under way; commit or dispose it first.");
    }

    private sealed class Batch(Session session, long revision) : IStoreBatch
    {
        private readonly (EntityIndex.Mark Position, IdFilter? Filter, Dictionary<string, StoreLane> Lanes) _before =
            (session._index.Position, session._index.Filter, session._lanes);

        private long _written;

        public ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken) =>
            SqliteFault.Complete(session._path, cancellationToken, entities.Count >= Large, () => Write(entities));

        public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken) =>
            await SqliteFault.Complete(session._path, cancellationToken, _written + commit.Entities.Count >= Large, () => Commit(commit)).ConfigureAwait(false);

        public ValueTask DisposeAsync()
        {
            if (session._batch != this) return ValueTask.CompletedTask;
            End();
            (session._index.Position, session._index.Filter, session._lanes) = _before;
            session._database.Rollback();
            return ValueTask.CompletedTask;
        }

        private IReadOnlyList<long> Write(IReadOnlyList<EntityWrite> entities)
        {
            RequireOpen();
            var order = InOrder(entities);
            if (_written + entities.Count > MaxEntities) throw new ArgumentException($"A commit changes {MaxEntities} entities at most.", nameof(entities));
            var rows = session.WriteEntities((revision << Layout.ChangeBits) + _written, entities, order);
            _written += entities.Count;
            session._located.Clear();
            return rows;
        }

        private bool Commit(StoreCommit commit)
        {
            RequireOpen();
            if (commit.Revision != revision) throw new ArgumentException($"The batch was begun for revision {revision}, not {commit.Revision}.", nameof(commit));
            Require(commit);
            Write(commit.Entities);
            session.WriteHead(commit);
            if (session._index.IsDue) session.Settle();
            session._end.Run();
            session._revision = revision;
            session._lease?.Note(revision);
            End();
            return true;
        }

        private void End()
        {
            session._batch = null;
            session._located.Clear();
        }

        private void RequireOpen()
        {
            if (session._batch != this) throw new InvalidOperationException("The batch has ended.");
        }
    }
}
