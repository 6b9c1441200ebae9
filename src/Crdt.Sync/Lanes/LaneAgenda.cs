using Crdt.Sync.Networking;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Lanes;

/// <summary>Which lanes a session takes on, and which it holds back by its strategy.</summary>
/// <param name="Now">The lanes of this session.</param>
/// <param name="Deferred">The lanes that a later one carries, with the reason.</param>
internal sealed record LaneAgenda(LaneOrder Now, IReadOnlyDictionary<string, LaneResult> Deferred)
{
    private static readonly Dictionary<string, LaneResult> Nothing = [];

    /// <summary>Divides the lanes.</summary>
    /// <param name="order">All lanes that could be taken on.</param>
    /// <param name="strategy">Says whether the critical ones go alone.</param>
    /// <param name="owesOthers">Whether it is the others' turn, as the critical ones had nothing to carry last time.</param>
    public static LaneAgenda For(LaneOrder order, SyncStrategy strategy, bool owesOthers)
    {
        var (critical, waiting) = (order.Critical, order.Waiting);
        if (!strategy.SyncsCriticalOnly || owesOthers || critical.Count == 0 || waiting.Count == 0) return new(order, Nothing);
        var reason = $"held back for {string.Join(", ", critical.Select(lane => $"'{lane}'"))}, as {strategy.Reason}; it follows once those have nothing to carry";
        return new(order.Only(critical), waiting.ToDictionary(lane => lane, _ => new LaneResult(SyncMode.Equal, reason, IsComplete: false) { IsDeferred = true }));
    }

    /// <summary>What was done in the lanes of the session, and the lanes that were held back.</summary>
    public IReadOnlyDictionary<string, LaneResult> Complete(IReadOnlyDictionary<string, LaneResult> done) =>
        Deferred.Count == 0 ? done : done.Concat(Deferred).ToDictionary(StringComparer.Ordinal);
}
