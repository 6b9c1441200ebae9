using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>Runs the intents of a replica, one after the other, whenever all participants of one are there.</summary>
/// <param name="site">Whose intents they are.</param>
/// <param name="links">Who is there.</param>
/// <param name="begin">Begins a transaction.</param>
/// <param name="options">How long to wait.</param>
/// <param name="ended">Is told what became of one.</param>
internal sealed class IntentRunner(
    CommitSite site, CommitLinks links, Func<ValueTask<DistributedTransaction>> begin, CommitOptions options, Action<TransactionIntent, DistributedResult> ended)
{
    private int _isRunning;
    private volatile bool _isAskedAgain;

    /// <summary>Runs what can be run. While it does so already, it looks again when it is done.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _isAskedAgain = true;
        // Asked for between the last look and the end of the run, it begins another one.
        while (_isAskedAgain && !cancellationToken.IsCancellationRequested && Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            try
            {
                _isAskedAgain = false;
                foreach (var intent in site.Intents.Where(each => each.Refusal is null)) await TryAsync(intent, cancellationToken).ConfigureAwait(false);
                // Somebody else had reserved what is touched, a deadline passed, or a disk is full: two that wait for each other had better not come back at the same time.
                if (site.Intents.Any(CanRun)) await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return; // The replica was closed: whatever is queued stays queued.
            }
            finally
            {
                Volatile.Write(ref _isRunning, 0);
            }
        }
    }

    private async Task TryAsync(TransactionIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            if (intent.Participants.Select(links.SuccessorOf).FirstOrDefault(successor => successor is not null) is { } successor)
                await site.RefuseAsync(intent.Number, $"one of its participants has got another id since, {successor}; cancel it and queue it anew").ConfigureAwait(false);
            else if (CanRun(intent)) await RunAsync(intent, cancellationToken).ConfigureAwait(false);
        }
        catch (WireFormatException error)
        {
            await site.RefuseAsync(intent.Number, error.Message).ConfigureAwait(false); // Of a schema that isn't any more.
        }
        catch (StoreException)
        {
            // It stays queued, and is tried again.
        }
    }

    private bool CanRun(TransactionIntent intent) => intent.Refusal is null && intent.Participants.All(links.Reach);

    private async Task RunAsync(TransactionIntent intent, CancellationToken cancellationToken)
    {
        var transaction = await begin().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            DistributedResult result;
            try
            {
                result = await transaction.RunAsync(intent, cancellationToken).ConfigureAwait(false);
            }
            catch (ParticipantUnreachableException)
            {
                return; // Gone in this moment; it waits for them again.
            }

            if (!result.IsCommitted && FindLasting(result) is not { }) return;
            if (FindLasting(result) is { } refusal) await site.RefuseAsync(intent.Number, refusal).ConfigureAwait(false);
            ended(intent, result);
        }
    }

    /// <summary>Why it would be refused another time too; null where it may be otherwise then.</summary>
    private static string? FindLasting(DistributedResult result)
    {
        var lasting = result.Votes.FirstOrDefault(vote => vote.Refusal is { Reason: RefusalReason.Invalid or RefusalReason.NotParticipant or RefusalReason.Taken });
        return lasting is null ? null : $"{lasting.Participant}: {lasting.Refusal!.Reason} {lasting.Refusal.Text}";
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        var own = site.Self.Share;
        await Task.Delay(options.RetryInterval * (1 + own), site.Time, cancellationToken).ConfigureAwait(false);
        _isAskedAgain = true;
    }
}
