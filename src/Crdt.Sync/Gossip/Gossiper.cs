using System.Collections.Concurrent;
using System.Threading.Channels;
using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;

namespace Crdt.Sync.Gossip;

/// <summary>The I/O around <see cref="GossipState"/>: one loop that begins rounds, and contacts that run beside it and tell it how they ended.</summary>
/// <param name="peers">The peers.</param>
/// <param name="options">How to gossip.</param>
/// <param name="state">Chooses whom to contact.</param>
/// <param name="time">Where time is read.</param>
internal sealed class Gossiper(IGossipPeers peers, GossipOptions options, GossipState state, TimeProvider time)
{
    /// <summary>Timers have a limit; what is due later is asked for again.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<GossipContact> _ended = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly SyncBacklog _backlog = new();
    private readonly long _start = time.GetTimestamp();
    private IReadOnlyCollection<string> _known = [];
    private long _changed;

    /// <summary>Runs a session with a peer.</summary>
    public required Func<string, ISyncTransport, CancellationToken, Task<SyncResult>> Sync { get; init; }

    /// <summary>Throws once the replica is closed.</summary>
    public required Action RequireOpen { private get; init; }

    /// <summary>How to sync with a peer; null for one that keeps to the rounds, whatever is committed.</summary>
    public Func<string, SyncStrategy>? Strategy { get; init; }

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Takes note of a commit, from whichever thread.</summary>
    /// <param name="entities">How many entities it changed.</param>
    public void Notice(int entities)
    {
        Interlocked.Add(ref _changed, entities);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Goes on until it is cancelled, or the replica is closed. Contacts that are under way have ended when it returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RequireOpen();
                TakeNews();
                if (Now >= state.Due) await BeginRoundAsync(end.Token).ConfigureAwait(false);
                await PauseAsync(state.Due - Now, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_running.Values).ConfigureAwait(false);
        }
    }

    private void TakeNews()
    {
        var changed = Interlocked.Exchange(ref _changed, 0);
        _backlog.Add(changed);
        var isBehind = changed > 0;
        while (_ended.TryDequeue(out var contact))
        {
            _running.Remove(contact.Peer);
            state.Record(contact.Peer, contact.Outcome, Now);
            // What was committed while the session ran may have come too late for it.
            isBehind |= contact.Session is not null && _backlog.IsBehind(contact.Peer);
            if (contact.Session is null || contact.HasDeferred) _backlog.Forget(contact.Peer);
            options.Contacts?.Report(contact);
        }

        if (!isBehind) return;
        if (Strategy is null) state.Wake();
        else state.Hurry();
    }

    private async ValueTask BeginRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            _known = await peers.ListAsync(cancellationToken).ConfigureAwait(false);
            state.Know(_known);
        }
        catch (IOException)
        {
            // Those that were known go on being contacted.
        }

        var now = Now;
        var due = Strategy is null ? _known : _known.Where(peer => _backlog.IsDue(peer, Strategy(peer), now));
        foreach (var peer in state.BeginRound(now, due))
        {
            var isRepeated = _backlog.Contact(peer, now);
            _running[peer] = ContactAsync(peer, isRepeated, cancellationToken);
        }
    }

    private async Task ContactAsync(string peer, bool isRepeated, CancellationToken cancellationToken)
    {
        await Task.Yield(); // Peers that answer at once would otherwise keep the round from going on.
        GossipContact contact;
        try
        {
            var transport = await PatientTransport.ConnectAsync(peers, peer, options.Patience, time, cancellationToken).ConfigureAwait(false);
            await using (transport.ConfigureAwait(false)) contact = new(peer, await Sync(peer, transport, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception error)
        {
            // Whatever is wrong with one peer is no reason to leave the others alone.
            contact = new(peer, null, error);
        }

        _ended.Enqueue(contact with { IsRepeated = isRepeated });
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for a time, or until there is news.</summary>
    private async ValueTask PauseAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero || _signal.Reader.TryRead(out _)) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = _signal.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(Task.Delay(atMost < LongestPause ? atMost : LongestPause, time, over.Token), signal).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        _signal.Reader.TryRead(out _);
    }
}
