namespace Crdt.Sync.Sessions;

/// <content>What came of it, lane by lane.</content>
internal sealed partial class SyncSession
{
    private const string KeptBack = "events that nobody could tell the writer of were kept back, unsigned ones for instance: let replicas sign what they commit, or give the peer that passes them on the right 't' in the lane";

    /// <summary>How much has to be carried, the most of all lanes; known once the session is established.</summary>
    public SyncMode Mode => _plans.Count == 0 ? SyncMode.Equal : _plans.Values.Max(plan => plan.Mode);

    /// <summary>What is done in each lane that both sides have.</summary>
    public IReadOnlyDictionary<string, LaneResult> Lanes => _plans.ToDictionary(plan => plan.Key, plan => ResultOf(plan.Value, _exchanges.GetValueOrDefault(plan.Key)));

    /// <summary>How many of this side's events the peer has held back because their clock is too far ahead.</summary>
    public int HeldByPeer => _exchanges.Values.Sum(exchange => exchange.HeldByPeer);

    /// <summary>How many of this side's events the peer has refused.</summary>
    public int RefusedByPeer => _exchanges.Values.Sum(exchange => exchange.RefusedByPeer);

    /// <summary>Per lane the highest dot of this side's own that the peer is known to hold durably.</summary>
    public IReadOnlyDictionary<string, ulong> Delivered()
    {
        var delivered = new Dictionary<string, ulong>();
        foreach (var (mine, _) in _self.Lanes)
        {
            var own = mine.Vector[_self.Replica];
            var theirs = Peer?.Lanes.FirstOrDefault(lane => lane.Standing.Lane == mine.Lane)?.Standing.Vector[_self.Replica] ?? 0;
            var exchange = _exchanges.GetValueOrDefault(mine.Lane);
            var taken = HasTaken(mine.Lane) ? exchange?.Delivered(own) ?? own : exchange?.Confirmed(own) ?? 0;
            delivered[mine.Lane] = Math.Max(taken, Math.Min(own, theirs));
        }

        return delivered;
    }

    private static LaneResult ResultOf(LanePlan plan, LaneExchange? exchange) => new(plan.Mode, exchange?.End == LogEnd.KeptBack ? $"{plan.Reason}; {KeptBack}" : plan.Reason, !plan.IsBlocked && exchange?.HasLeftOut != true)
    {
        Comparisons = exchange?.Comparisons ?? 0,
        GoesOn = plan.GoesOn || exchange?.End == LogEnd.CutOff,
    };

    private bool HasTaken(string lane) =>
        Status == SessionStatus.Complete && (Peer is null || (_plans.TryGetValue(lane, out var plan) && !plan.IsBlocked));
}
