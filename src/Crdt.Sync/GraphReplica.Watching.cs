using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Crdt.Sync;

/// <content>For those who show what a replica holds.</content>
public sealed partial class GraphReplica
{
    /// <summary>
    /// The number of the last commit, and again after further ones, whether they were made here or came from a peer, until it is cancelled or the replica is closed. Those that come while the last number is
    /// being looked at share the next one, so a slow reader misses numbers and never the last one. O(1) for each.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The replica was closed before it began.</exception>
    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var closing = _closing.Token.Register(() => news.Writer.TryComplete());
        Changed += Notice;
        try
        {
            do
            {
                // Taken before the number is read, so that a commit in between is told of once more.
                news.Reader.TryRead(out _);
                yield return _truth.Revision;
            }
            while (await news.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Changed -= Notice;
        }

        void Notice(int entities) => news.Writer.TryWrite(true);
    }
}
