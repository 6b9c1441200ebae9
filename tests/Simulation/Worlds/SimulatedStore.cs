using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>The store of a peer: the one in memory, whose writes can fail, or be the last thing that the process does.</summary>
internal sealed class SimulatedStore(World world, Peer peer) : DelegatingStore(new InMemoryStore(peer.Disk))
{
    private static readonly TimeSpan MaxLead = new GraphReplicaOptions().MaxClockLead;
    private readonly FaultyCommit _faulty = new(world.Options.Mistake, peer);

    public override async ValueTask<StoreState> OpenAsync(StoreOffer offer, CancellationToken cancellationToken = default)
    {
        var id = world.NextId();
        var state = await Inner.OpenAsync(offer with { Replica = id, PrivateKey = world.KeyOf(id) }, cancellationToken);
        if (peer.Incarnation is { } incarnation) state = state with { Replica = incarnation, Incarnations = [.. state.Incarnations, new(incarnation, null, IncarnationReason.Copied, state.Revision)] };
        peer.Seen.Advance(peer, state.Revision, state.Clock, state.Vectors, isWhole: true);
        return state;
    }

    // The disk of a replica that goes on under another identity doesn't hold its key yet.
    public override async ValueTask<ReadOnlyMemory<byte>> ReadNoteAsync(string key, CancellationToken cancellationToken = default) =>
        peer.Incarnation is { } incarnation && key == StoreOffer.KeyNoteOf(incarnation) ? world.KeyOf(incarnation) : await Inner.ReadNoteAsync(key, cancellationToken);

    public override async ValueTask<IReadOnlyList<long>> CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<long> rows = [];
        await WriteAsync(async () =>
        {
            rows = await _faulty.CommitAsync(Inner, commit);
            Note(commit);
        }, fault => _faulty.FailAsync(Inner, commit, fault));
        return rows;
    }

    public override async ValueTask<IStoreBatch> BeginBatchAsync(long revision, CancellationToken cancellationToken = default) =>
        new Batch(this, await Inner.BeginBatchAsync(revision, cancellationToken));

    public override async ValueTask<VersionVector> CutLogAsync(string lane, long keep, CancellationToken cancellationToken = default)
    {
        VersionVector floor = new();
        await WriteAsync(async () => floor = await Inner.CutLogAsync(lane, keep, cancellationToken));
        return floor;
    }

    public override ValueTask ForgetChangesAsync(long watermark, CancellationToken cancellationToken = default) => WriteAsync(() => Inner.ForgetChangesAsync(watermark, cancellationToken));

    public override ValueTask StageAsync(string stage, IReadOnlyList<StoredEntity> rows, CancellationToken cancellationToken = default) => WriteAsync(() => Inner.StageAsync(stage, rows, cancellationToken));

    public override ValueTask DropStageAsync(string stage, CancellationToken cancellationToken = default) => WriteAsync(() => Inner.DropStageAsync(stage, cancellationToken));

    public override ValueTask WriteNoteAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) => WriteAsync(() => Inner.WriteNoteAsync(key, value, cancellationToken));

    // Small slices, so that a handful of events takes a session's window.
    public override ValueTask<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes, CancellationToken cancellationToken = default) =>
        Inner.ReadLogAsync(lane, after, position, Math.Min(maxBytes, world.SliceBytes), cancellationToken);

    /// <summary>What a crash leaves on the disk, where that isn't what was durable.</summary>
    public InMemoryDisk? Remains => _faulty.Before;

    private void Note(StoreCommit commit)
    {
        if (peer.Replica is null) Recover(commit);
        peer.Seen.Advance(peer, commit.Revision, commit.Clock, commit.Vectors, isWhole: false);
        RequireOwnTime(commit.Clock);
        peer.Hold(commit.Vectors);
        peer.IsChanged = true;
        // Whatever identity the engine writes under: what a transaction commits is the peer's own.
        if (peer.Committing is { } effects) world.Reckoning.Commit(peer, commit.Events, effects);
        world.Tally.Applied += commit.Events.Count;
        world.Trace.Mix((ulong)commit.Revision);
        foreach (var write in commit.Entities) world.Trace.Mix(write.State.Span);
    }

    // What is committed while a replica is being opened.
    private void Recover(StoreCommit commit)
    {
        peer.Seen.Recover(peer, commit, peer.Clock.GetUtcNow() + MaxLead);
        if (commit.Incarnation is null)
        {
            world.Tally.Fault("SetRight");
            return;
        }

        world.Tally.Fault("Reissued");
        if (world.Trace.IsRead) world.Trace.Say($"      {peer.Name}: issues {commit.Events.Count} events again as {commit.Incarnation.Replica}");
        world.Reckoning.Reissue(peer, commit);
        peer.Incarnation = null;
    }

    // A clock elsewhere that is wrong leads this one no further than what is taken for a small difference.
    private void RequireOwnTime(Stamp clock)
    {
        peer.Clock.GetUtcNow();
        if (clock.Milliseconds > (peer.Clock.Latest + MaxLead).ToUnixTimeMilliseconds()) throw new SimulationException($"{peer.Name} was led to {clock}, and its own clock was at {peer.Clock.Latest:O} at most");
    }

    private async ValueTask WriteAsync(Func<ValueTask> write, Func<WriteFault, ValueTask>? fail = null)
    {
        var fault = peer.NextWrite();
        if (fault != WriteFault.None) world.Injected(fault, peer);
        if (fail is not null && fault is (WriteFault.Refused or WriteFault.CrashBefore)) await fail(fault);
        switch (fault)
        {
            case WriteFault.Refused:
                peer.WasHindered = true;
                throw new StoreException("the disk is full");
            case WriteFault.CrashBefore:
                world.Crash(peer);
                await Never();
                break;
            case WriteFault.CrashAfter:
                await write();
                world.Crash(peer);
                await Never();
                break;
            default:
                await write();
                break;
        }
    }

    // The process is gone: nobody is there to whom this could return.
    private static Task Never() => new TaskCompletionSource().Task;

    private sealed class Batch(SimulatedStore store, IStoreBatch inner) : IStoreBatch
    {
        public ValueTask<IReadOnlyList<long>> WriteAsync(IReadOnlyList<EntityWrite> entities, CancellationToken cancellationToken = default) => inner.WriteAsync(entities, cancellationToken);

        public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken = default) => store.WriteAsync(async () =>
        {
            await inner.CommitAsync(commit, cancellationToken);
            store.Note(commit);
        });

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
