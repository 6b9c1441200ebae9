using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Signatures;

/// <summary>Connections to a hub by somebody who may write there, and sends what it likes.</summary>
internal static class Intruder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Greets, says that it has seen so much, and sends events.</summary>
    /// <returns>How that ended for the hub; complete where it found nothing wrong.</returns>
    public static Task<(SessionEnd End, string Text)> WriteAsync(GraphReplica hub, VersionVector seen, params ReadOnlyMemory<byte>[] events)
    {
        var id = new ReplicaId(4711);
        var lane = new LaneIntroduction(new("main", seen, new(), 1, 1), HasStaged: false);
        var introduction = new Frame.Introduction(id, "intruder", TestSchema.Instance, [0], Stamp.FromTime(DateTimeOffset.MaxValue), default, TimeSpan.FromDays(1), [lane]);
        return SayAsync(hub,
        [
            new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(introduction), 0, 0).Encode(),
            introduction.Encode(),
            EventsOf(events).Encode(),
            new Frame.Done("main").Encode(),
            new Frame.Bye(SessionEnd.Complete, "").Encode(),
        ]);
    }

    public static Frame.Events EventsOf(params ReadOnlyMemory<byte>[] events) => new("main", CompressedEnvelope.Seal(EventBatchCodec.Encode(events), new PlainCompressor()));

    /// <summary>Says some frames, and hangs up.</summary>
    public static async Task<(SessionEnd End, string Text)> SayAsync(GraphReplica hub, IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var serving = ServeAsync(hub, here);
        foreach (var frame in frames) await there.SendAsync(frame);
        await there.DisposeAsync();
        return await serving.WaitAsync(Patience);
    }

    private static async Task<(SessionEnd End, string Text)> ServeAsync(GraphReplica hub, InMemoryTransport transport)
    {
        await using (transport)
        {
            try
            {
                await hub.StayInSyncAsync(transport, new SyncOptions { Access = PeerAccess.Parse("*:rw") });
                return (SessionEnd.Complete, "");
            }
            catch (SessionException error)
            {
                return (error.Reason, error.Message);
            }
            catch (IOException error)
            {
                return (SessionEnd.Failed, error.Message); // The intruder has hung up already.
            }
        }
    }
}
