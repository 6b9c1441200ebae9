using Crdt.Sync.Sessions;

namespace Crdt.Sync.Health;

/// <summary>The peers that hold different data after the same events, as the latest session with each has shown. In memory only: the next session shows it again. Safe for use from several threads.</summary>
internal sealed class Divergences(TimeProvider time)
{
    private const int MaxPeers = 16;
    private readonly Lock _lock = new();
    private readonly List<DivergedPeer> _peers = [];

    /// <summary>The peers, the longest known first.</summary>
    public IReadOnlyList<DivergedPeer> Peers
    {
        get
        {
            lock (_lock) return [.. _peers];
        }
    }

    /// <summary>Takes note of how a session ended.</summary>
    public void Note(SyncSession session, SessionException? error)
    {
        lock (_lock)
        {
            var known = _peers.FindIndex(peer => SyncSession.TagOf(peer.Replica) == session.PeerTag);
            if (error is null && known >= 0) _peers.RemoveAt(known);
            if (error is { Reason: SessionEnd.Diverged } && known < 0 && session.Peer is { } met) _peers.Add(new(met.Name, met.Replica, time.GetUtcNow(), error.Message));
            if (_peers.Count > MaxPeers) _peers.RemoveAt(0);
        }
    }
}
