using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;

namespace Crdt.Samples.Browser.Sharing;

/// <summary>The way to the hub: kept open from <see cref="Connect"/> on, and opened again whenever it breaks.</summary>
/// <param name="replica">Whose it is.</param>
/// <param name="hub">Where the hub is.</param>
/// <param name="changed">Is told when something else is to be said of it.</param>
internal sealed class HubLink(GraphReplica replica, Uri hub, Action changed) : IProgress<GossipContact>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500), MaxBackoff = TimeSpan.FromSeconds(5);
    private CancellationTokenSource? _ending;
    private Task _connected = Task.CompletedTask;

    /// <summary>Whether the last session with the hub succeeded.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Why there is no connection, where one was tried.</summary>
    public string? Problem { get; private set; }

    public void Connect()
    {
        if (_ending is not null) return;
        _ending = new();
        var peers = new WebSocketPeers([new("hub", hub)], new());
        _connected = replica.KeepConnectedAsync(peers, new() { Interval = Interval, MaxBackoff = MaxBackoff, Contacts = this }, _ending.Token);
    }

    public async Task DisconnectAsync()
    {
        if (_ending is null) return;
        await _ending.CancelAsync();
        await _connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        (_ending, IsConnected, Problem) = (null, false, null);
    }

    public void Report(GossipContact value)
    {
        // A hub that had to learn the graph's types first says so, and is asked again.
        (IsConnected, Problem) = (value.Error is null, value.Error is SessionException { Reason: SessionEnd.Outdated } ? null : value.Error?.Message);
        changed();
    }
}
