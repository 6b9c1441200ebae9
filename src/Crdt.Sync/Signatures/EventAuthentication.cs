using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Signatures;

/// <summary>
/// Holds events from elsewhere against the seals of their origins. One that isn't by whom it names is the affair of the peer that sent it, not of the origin: the whole frame is refused.
/// </summary>
internal static class EventAuthentication
{
    /// <summary>Demands that each event of an origin with a key is sealed, or followed by one that is and names its hash. O(bytes), and a verification for each run of events.</summary>
    /// <param name="arrived">The events as they came.</param>
    /// <param name="cancellationToken">Stops it: there may be thousands of verifications.</param>
    /// <exception cref="ForgedEventException">One isn't.</exception>
    /// <exception cref="WireFormatException">A seal stands behind more than whoever passes the events on can put into a frame with it.</exception>
    public static void Require(IReadOnlyList<ArrivedEvent> arrived, CancellationToken cancellationToken)
    {
        var followers = new Dictionary<ReplicaId, Follower>();
        for (var i = arrived.Count - 1; i >= 0; i--)
        {
            var (head, bytes) = (arrived[i].Head, arrived[i].Bytes);
            if (!ReplicaKey.IsSigned(head.Origin)) continue;
            cancellationToken.ThrowIfCancellationRequested();
            var hash = arrived[i].Hash.Span;
            var seal = SealedEvent.SealOf(bytes).Span;
            var follower = followers.GetValueOrDefault(head.Origin);
            var isFollowed = follower.First == head.Last + 1 && follower.Previous.Span.SequenceEqual(hash);
            // Also a seal that isn't needed here: somebody may be given the event as the last one.
            if (!(isFollowed && seal.IsEmpty) && !VerifiedSeals.Verify(seal, head.Origin, hash)) throw ForgedEventException.Forged(head.Origin, head.First);
            var run = seal.IsEmpty ? follower.Run.Before(bytes.Length) : SealedRun.EndingWith(bytes.Length, SealedEvent.PathOf(seal.Length));
            if (!run.MayBeTaken) throw new WireFormatException($"a run of {run.Events} events and {run.Bytes} bytes has one seal; the limits are {SealedEvent.MaxPath} and {SealedRun.MaxTaken}", 0);
            followers[head.Origin] = new(head.First, SealedEvent.PreviousOf(bytes), run);
        }
    }

    /// <summary>The event of an origin that comes next: its place, what it names, and the run from it on.</summary>
    private readonly record struct Follower(ulong First, ReadOnlyMemory<byte> Previous, SealedRun Run);
}
