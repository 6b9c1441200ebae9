using System.Numerics;

namespace Crdt.Sync.Gossip;

/// <summary>
/// Decides when a replica contacts which peers, without I/O: it is told what happened, at times that are counted from its beginning.
/// </summary>
/// <remarks>
/// While there are news, each round contacts random peers and both sides take what they lack (push-pull). A replica that has found enough peers in a row
/// equal loses interest: rumor mongering with feedback and a counter. One that has lost it contacts a random peer now and then all the same:
/// anti-entropy, without which a few replicas would be missed for good. Demers et al., <i>Epidemic Algorithms for Replicated Database Maintenance</i>, PODC 1987;
/// Karp, Schindelhauer, Shenker, Vöcking, <i>Randomized Rumor Spreading</i>, FOCS 2000, which shows O(log n) rounds. Not safe for use from several threads.
/// </remarks>
/// <param name="options">The intervals and limits.</param>
/// <param name="seed">Where the choice of peers begins.</param>
internal sealed class GossipState(GossipOptions options, ulong seed)
{
    /// <summary>Beyond this, doubling an interval again is beyond any limit.</summary>
    private const int MaxDoublings = 20;

    /// <summary>How many equal peers in a row end the rounds, besides one for each doubling of the peers.</summary>
    private const int StopAfterBesides = 4;

    private readonly SeededChance _chance = new(seed);
    private readonly Dictionary<string, Failing> _failing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contacted = new(StringComparer.Ordinal);
    private int _stopAfter = options.StopAfter ?? int.MaxValue;
    private int _equal;

    /// <summary>Whether there are news that peers may lack.</summary>
    public bool IsActive => _equal < _stopAfter;

    /// <summary>When the next round is due.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Takes note that something was committed here, or came from elsewhere. A replica that had lost interest begins a round at once.</summary>
    public void Wake()
    {
        if (!IsActive) Due = TimeSpan.Zero;
        _equal = 0;
    }

    /// <summary>Lets the next round begin at once.</summary>
    public void Hurry()
    {
        _equal = 0;
        Due = TimeSpan.Zero;
    }

    /// <summary>Begins a round if it is due, and gives the peers to contact: different ones, that are not being contacted and have not just failed. O(peers).</summary>
    /// <param name="now">The time.</param>
    /// <param name="peers">The peers that there are.</param>
    public IReadOnlyList<string> BeginRound(TimeSpan now, IEnumerable<string> peers)
    {
        if (now < Due) return [];
        Due = now + (Varied(0.75, 1.25) * (IsActive ? options.Interval : options.AntiEntropyInterval));
        var eligible = peers.Where(peer => !_contacted.Contains(peer) && !(_failing.TryGetValue(peer, out var failing) && now < failing.Until)).ToList();
        var chosen = Math.Min(eligible.Count, (IsActive ? options.FanOut : 1) - _contacted.Count);
        for (var i = 0; i < chosen; i++)
        {
            var drawn = i + _chance.Below(eligible.Count - i);
            (eligible[i], eligible[drawn]) = (eligible[drawn], eligible[i]);
            _contacted.Add(eligible[i]);
        }

        return chosen > 0 ? eligible[..chosen] : [];
    }

    /// <summary>Takes note of what came of a contact.</summary>
    public void Record(string peer, ContactOutcome outcome, TimeSpan now)
    {
        _contacted.Remove(peer);
        if (outcome == ContactOutcome.Failed)
        {
            var times = _failing.TryGetValue(peer, out var before) ? Math.Min(before.Times + 1, MaxDoublings) : 1;
            var backoff = Math.Min(options.MaxBackoff.TotalSeconds, options.Interval.TotalSeconds * (1L << (times - 1)));
            // Varied, or all who lost a peer at once would come back at once.
            _failing[peer] = new(times, now + TimeSpan.FromSeconds(backoff * Varied(0.5, 1)));
            return;
        }

        _failing.Remove(peer);
        if (outcome == ContactOutcome.Equal) _equal++;
        else Wake();
    }

    /// <summary>Takes note of which peers there are. O(peers).</summary>
    public void Know(IReadOnlyCollection<string> peers)
    {
        _stopAfter = options.StopAfter ?? StopAfterBesides + BitOperations.Log2((uint)peers.Count);
        if (_failing.Count == 0) return;
        var known = peers.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _failing.Keys.Where(peer => !known.Contains(peer)).ToList()) _failing.Remove(gone);
    }

    private double Varied(double low, double high) => _chance.Between(low, high);

    /// <summary>A peer that failed.</summary>
    /// <param name="Times">How often in a row.</param>
    /// <param name="Until">Until when it is left alone.</param>
    private readonly record struct Failing(int Times, TimeSpan Until);
}
