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
        var followers = new Dictionary<ReplicaId, (ReadOnlyMemory<byte> Previous, int Unsealed)>();
        for (var i = arrived.Count - 1; i >= 0; i--)
        {
            var (head, bytes) = (arrived[i].Head, arrived[i].Bytes);
            if (!ReplicaKey.IsSigned(head.Origin)) continue;
            cancellationToken.ThrowIfCancellationRequested();
            var hash = arrived[i].Hash.Span;
            var seal = SealedEvent.SealOf(bytes).Span;
            var isFollowed = followers.TryGetValue(head.Origin, out var follower) && follower.Previous.Span.SequenceEqual(hash);
            // Also a seal that isn't needed here: somebody may be given the event as the last one.
            if (!(isFollowed && seal.IsEmpty) && !VerifiedSeals.Verify(seal, head.Origin, hash)) throw ForgedEventException.Forged(head.Origin, head.First);
            var unsealed = !seal.IsEmpty ? 0 : follower.Unsealed + bytes.Length;
            if (unsealed > SealedRuns.MaxTaken) throw new WireFormatException($"{unsealed} bytes of events stand before a seal; the limit is {SealedRuns.MaxTaken}", 0);
            followers[head.Origin] = (SealedEvent.PreviousOf(bytes), unsealed);
        }
    }
}
