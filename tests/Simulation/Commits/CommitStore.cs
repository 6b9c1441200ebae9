using Crdt.Storage;
using Crdt.Sync.Distributed;
using Crdt.Sync.Storage;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Commits;

/// <summary>The store of a replica, of which a write can fail, or be the last thing that the process does.</summary>
/// <param name="node">The replica.</param>
/// <param name="mistake">What is wrong with it.</param>
internal sealed class CommitStore(CommitNode node, CommitMistake mistake) : DelegatingStore(new InMemoryStore(node.Disk))
{
    public override ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default) => Inner.OpenAsync(offer with { Replica = node.Id }, cancellationToken);

    public override async ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default)
    {
        var forgets = mistake == CommitMistake.ForgetsDecisions && commit.Notes.ContainsKey(CommitLog.NoteKey);
        var written = forgets ? commit with { Notes = commit.Notes.Where(note => note.Key != CommitLog.NoteKey).ToDictionary() } : commit;
        IReadOnlyList<long> rows = [];
        await WriteAsync(async () => rows = await Inner.CommitAsync(written, cancellationToken));
        return rows;
    }

    public override ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        mistake == CommitMistake.ForgetsPromises && key == CommitLog.NoteKey ? ValueTask.CompletedTask : WriteAsync(() => Inner.WriteNoteAsync(key, value, cancellationToken));

    private async ValueTask WriteAsync(Func<ValueTask> write)
    {
        var fault = node.NextWrite();
        if (fault == WriteFault.Refused) throw new StoreException("the disk is full");
        if (fault == WriteFault.CrashBefore) await node.DieAsync();
        await write();
        if (fault == WriteFault.CrashAfter) await node.DieAsync();
    }
}
