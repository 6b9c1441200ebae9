using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>A change of an <see cref="InMemoryStore"/> that is written in parts.</summary>
internal sealed class InMemoryBatch(InMemoryStore store, ContentWriter writer) : IStoreBatch
{
    public ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken) =>
        InMemoryStore.Complete<IReadOnlyList<long>>(cancellationToken, () =>
        {
            store.RequireOpen(this);
            var rows = writer.Write(entities);
            store.Show(this, writer.Unfinished());
            return rows;
        });

    public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        var done = InMemoryStore.Complete(cancellationToken, () =>
        {
            store.RequireOpen(this);
            writer.Require(commit);
            writer.Write(commit.Entities);
            store.Commit(this, writer.Finish(commit));
            return true;
        });
        return done.IsCompletedSuccessfully ? ValueTask.CompletedTask : new(done.AsTask());
    }

    public ValueTask DisposeAsync()
    {
        store.Revert(this);
        return ValueTask.CompletedTask;
    }
}
