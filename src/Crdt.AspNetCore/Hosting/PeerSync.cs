using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Hosting;

/// <summary>Keeps the replica of the host in step with the peers that it was told of.</summary>
internal sealed partial class PeerSync(HostedReplica hosted, IOptions<CrdtReplicaOptions> options, ILogger<PeerSync> logger) : BackgroundService, IProgress<GossipContact>
{
    private readonly CrdtReplicaOptions _options = options.Value;

    public void Report(GossipContact value)
    {
        if (value.Error is { } error) LogFailed(value.Peer, error.Message);
        else if (value.Session is { } session) LogContacted(value.Peer, session.Mode, session.Sent.Bytes, session.Received.Bytes);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Peers.Count == 0) return;
        var peers = new WebSocketPeers(_options.Peers, _options.Connections);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await hosted.Replica.KeepConnectedAsync(peers, _options.Gossip with { Contacts = this }, stoppingToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), stoppingToken).ConfigureAwait(false); // It is opened anew, with types that it has learnt.
            }
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Debug, Message = "Synced with '{Peer}': {Mode}, {Sent} bytes sent, {Received} received.")]
    private partial void LogContacted(string peer, SyncMode mode, long sent, long received);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "The peer '{Peer}' could not be synced with, and is tried again later: {Reason}")]
    private partial void LogFailed(string peer, string reason);
}
