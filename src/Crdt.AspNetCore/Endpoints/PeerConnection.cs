using System.Collections.Concurrent;
using Crdt.Sync.Live;
using Crdt.Sync.Sessions;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>What is known of one connection.</summary>
internal sealed class PeerConnection(ConnectedPeer peer, ConnectedPeers all) : IDisposable, IProgress<SyncResult>, IProgress<LiveProgress>
{
    private readonly ConcurrentDictionary<string, long> _lags = new(StringComparer.Ordinal);
    private long _sent;
    private long _received;
    private int _sessions;
    private volatile SyncResult? _last;

    /// <summary>The connection as it is now.</summary>
    public ConnectedPeer Now => peer with
    {
        Name = _last?.PeerName,
        Mode = _last?.Mode,
        Sessions = Volatile.Read(ref _sessions),
        BytesSent = Interlocked.Read(ref _sent),
        BytesReceived = Interlocked.Read(ref _received),
        Lag = _lags.Values.Sum(),
    };

    /// <summary>Counts a frame that was sent to the peer.</summary>
    public void Sent(int bytes) => Interlocked.Add(ref _sent, bytes);

    /// <summary>Counts a frame that came from the peer.</summary>
    public void Received(int bytes) => Interlocked.Add(ref _received, bytes);

    /// <inheritdoc/>
    public void Report(SyncResult value)
    {
        // Equal replicas don't introduce themselves: what is known of the peer stays.
        _last = value.PeerName is null && _last?.PeerName is { } known ? value with { PeerName = known } : value;
        Interlocked.Increment(ref _sessions);
    }

    /// <inheritdoc/>
    public void Report(LiveProgress value) => _lags[value.Lane] = value.Events;

    /// <inheritdoc/>
    public void Dispose() => all.Leave(this);
}
