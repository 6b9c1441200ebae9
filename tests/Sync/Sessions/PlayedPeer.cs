using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Sessions;

/// <summary>A peer that says what a test tells it to, in the main lane.</summary>
internal sealed class PlayedPeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly InMemoryTransport _there;
    private readonly Task<SyncResult> _session;

    public PlayedPeer(GraphReplica victim, ReplicaId id)
    {
        Id = id;
        (var here, _there) = InMemoryTransport.CreatePair();
        _session = victim.SyncAsync(here);
    }

    /// <summary>An id that leads, whatever the victim's is.</summary>
    public static ReplicaId Leader { get; } = new(1);

    /// <summary>An id that follows, whatever the victim's is.</summary>
    public static ReplicaId Follower { get; } = new(UInt128.MaxValue);

    public ReplicaId Id { get; }

    public static VersionVector Vector(params (ReplicaId Replica, ulong Counter)[] entries)
    {
        var vector = new VersionVector();
        foreach (var (replica, counter) in entries) vector.Advance(replica, counter);
        return vector;
    }

    public static Frame NoRows() => new Frame.Rows("main", new BatchWire(TestSchema.Instance, new PlainCompressor()).EncodeRows(new Queue<StoredEntity>()), IsLast: true);

    /// <summary>Greets, and introduces itself as one that has five writes of its own and no log.</summary>
    public async Task IntroduceAsync()
    {
        var vector = Vector((Id, 5));
        var lane = new LaneIntroduction(new("main", vector, vector, 1, 1), HasStaged: false);
        var introduction = new Frame.Introduction(Id, "peer", TestSchema.Instance, [], Stamp.FromTime(DateTimeOffset.MaxValue), default, TimeSpan.Zero, [lane]);
        await SayAsync(new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(introduction), 0, 0), introduction);
    }

    public async Task SayAsync(params Frame[] frames)
    {
        foreach (var frame in frames) await _there.SendAsync(frame.Encode());
    }

    public async Task<SessionException> RefusedAsync()
    {
        var error = await Assert.ThrowsAsync<SessionException>(() => _session.WaitAsync(Patience));
        Assert.Equal(SessionEnd.Malformed, error.Reason);
        return error;
    }
}
