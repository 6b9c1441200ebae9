using System.Runtime.CompilerServices;
using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Sync.Events;

namespace Crdt.Sync;

/// <content>The log, for those who want to see what happened.</content>
public sealed partial class GraphReplica
{
    private const int LogSliceBytes = 1024 * 1024;

    /// <summary>
    /// The events in the log of a lane, in a causal order: what happened, by whom and when, as far back as the log goes. Commits go on meanwhile, and are read too. O(events); memory is bounded by one slice
    /// of about a mebibyte.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="after">What is passed over; null for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There is no such lane.</exception>
    public async IAsyncEnumerable<GraphEvent> ReadLogAsync(string lane = EntityType.MainLane, VersionVector? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!_truth.Lanes.Contains(lane)) throw new ArgumentException($"There is no lane '{lane}'; there are {string.Join(", ", _truth.Lanes)}.", nameof(lane));
        for (var position = 0L; ;)
        {
            var slice = await _truth.ReadLogAsync(lane, after ?? new(), position, LogSliceBytes, cancellationToken).ConfigureAwait(false);
            foreach (var stored in slice.Events) yield return EventCodec.Read(stored.Bytes);
            if (slice.IsLast) yield break;
            position = slice.Position;
        }
    }
}
