using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Sync.Live;

/// <summary>Keeps a way open to each of some peers: opens it, stays on it, and opens it again when it breaks.</summary>
internal sealed class PeerConnections(IGossipPeers peers, GossipOptions options, TimeProvider time, ulong seed)
{
    private readonly Lock _drawing = new();
    private readonly SeededChance _chance = new(options.Seed ?? seed);

    /// <summary>Stays on a way until it ends.</summary>
    public required Func<string, ISyncTransport, IProgress<SyncResult>, CancellationToken, Task> Stay { private get; init; }

    /// <summary>Throws once the replica is closed.</summary>
    public required Action RequireOpen { private get; init; }

    /// <summary>Goes on until it is cancelled, or the replica is closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ways = (await peers.ListAsync(cancellationToken).ConfigureAwait(false)).Select(peer => KeepAsync(peer, ending.Token)).ToList();
        try
        {
            await Task.WhenAny(ways.Append(Task.Delay(Timeout.InfiniteTimeSpan, time, ending.Token))).Unwrap().ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(ways).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(string peer, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireOpen();
            var (sessions, error) = await StayAsync(peer, cancellationToken).ConfigureAwait(false);
            failures = sessions > 0 ? 0 : failures + 1;
            if (error is not null) options.Contacts?.Report(new(peer, null, error));
            await Task.Delay(PauseAfter(failures), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a way and stays on it.</summary>
    /// <returns>How many sessions there were, and why it ended; null where the peer closed it in good order.</returns>
    private async Task<(int Sessions, Exception? Error)> StayAsync(string peer, CancellationToken cancellationToken)
    {
        var told = new Told(peer, options.Contacts);
        try
        {
            var transport = await PatientTransport.OpenAsync(peers, peer, options.Patience, time, cancellationToken).ConfigureAwait(false);
            await using (transport.ConfigureAwait(false)) await Stay(peer, transport, told, cancellationToken).ConfigureAwait(false);
            return (told.Sessions, null);
        }
        catch (Exception error) when (error is not ObjectDisposedException && !cancellationToken.IsCancellationRequested)
        {
            return (told.Sessions, error);
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        var longest = options.Interval * Math.Pow(2, Math.Min(failures, 30));
        if (longest > options.MaxBackoff) longest = options.MaxBackoff;
        lock (_drawing) return longest * _chance.Between(0.5, 1);
    }

    private sealed class Told(string peer, IProgress<GossipContact>? contacts) : IProgress<SyncResult>
    {
        public int Sessions { get; private set; }

        public void Report(SyncResult value)
        {
            Sessions++;
            contacts?.Report(new(peer, value, null));
        }
    }
}
