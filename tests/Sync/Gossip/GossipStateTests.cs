using Crdt.Sync.Gossip;
using Crdt.Sync.Networking;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>The state machine that chooses whom to contact, and when.</summary>
public sealed class GossipStateTests
{
    private static readonly GossipOptions Options = new() { Interval = TimeSpan.FromSeconds(1), AntiEntropyInterval = TimeSpan.FromSeconds(30), MaxBackoff = TimeSpan.FromSeconds(20), StopAfter = 6 };
    private static readonly string[] Peers = [.. Enumerable.Range(0, 20).Select(i => $"peer {i}")];

    private readonly GossipState _state = new(Options, seed: 7);
    private TimeSpan _now;

    [Fact]
    public void A_round_contacts_as_many_different_peers_as_the_fan_out_says()
    {
        var met = new HashSet<string>();
        for (var round = 0; round < 40; round++)
        {
            var chosen = Round();
            Assert.Equal(3, chosen.Distinct().Count());
            met.UnionWith(chosen);
            foreach (var peer in chosen) _state.Record(peer, ContactOutcome.Exchanged, _now);
        }

        Assert.Equal(Peers.Length, met.Count);
    }

    [Fact]
    public void The_same_seed_chooses_the_same_peers()
    {
        var (one, other, third) = (new GossipState(Options, 1), new GossipState(Options, 1), new GossipState(Options, 2));
        var chosen = one.BeginRound(_now, Peers);
        Assert.Equal(chosen, other.BeginRound(_now, Peers));
        Assert.NotEqual(chosen, third.BeginRound(_now, Peers));
    }

    [Fact]
    public void A_round_that_is_not_due_contacts_nobody()
    {
        Assert.NotEmpty(_state.BeginRound(_now, Peers));
        Assert.Empty(_state.BeginRound(_now + TimeSpan.FromSeconds(0.7), Peers));
        Assert.InRange(_state.Due, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.25));
    }

    [Fact]
    public void Contacts_that_are_under_way_are_not_doubled_and_count_against_the_fan_out()
    {
        var first = Round();
        Assert.Empty(Round());
        _state.Record(first[0], ContactOutcome.Exchanged, _now);
        Assert.DoesNotContain(Assert.Single(Round()), first.Skip(1));
    }

    [Fact]
    public void Enough_equal_peers_in_a_row_end_the_rounds()
    {
        FallQuiet();
        Assert.InRange(_state.Due - _now, TimeSpan.Zero, TimeSpan.FromSeconds(1.25));
        Assert.Single(Round()); // the first one by anti-entropy
        Assert.InRange(_state.Due - _now, TimeSpan.FromSeconds(22.5), TimeSpan.FromSeconds(37.5));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(20, 8)]
    [InlineData(1000, 13)]
    public void How_many_that_are_by_default_grows_with_the_logarithm_of_the_peers(int peers, int expected)
    {
        var state = new GossipState(new(), seed: 1);
        state.Know([.. Enumerable.Range(0, peers).Select(i => $"{i}")]);
        var count = 0;
        for (; state.IsActive; count++) state.Record("0", ContactOutcome.Equal, _now);
        Assert.Equal(expected, count);
    }

    [Fact]
    public void Something_that_was_exchanged_begins_the_count_anew()
    {
        foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Equal, _now);
        var next = Round();
        _state.Record(next[0], ContactOutcome.Equal, _now);
        _state.Record(next[1], ContactOutcome.Exchanged, _now);
        _state.Record(next[2], ContactOutcome.Equal, _now);
        Assert.True(_state.IsActive);
        foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Equal, _now);
        Assert.True(_state.IsActive);
        foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Equal, _now);
        Assert.False(_state.IsActive);
    }

    [Fact]
    public void A_failed_contact_is_no_sign_that_peers_are_equal()
    {
        for (var i = 0; i < 30; i++)
        {
            foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Failed, _now);
        }

        Assert.True(_state.IsActive);
    }

    [Fact]
    public void News_wake_a_quiet_replica_at_once()
    {
        FallQuiet();
        foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Equal, _now);
        _state.Wake();
        Assert.True(_state.IsActive);
        Assert.Equal(3, _state.BeginRound(_now, Peers).Count);
    }

    [Fact]
    public void A_peer_that_fails_is_left_alone_for_longer_each_time_up_to_a_limit()
    {
        var waits = new List<double>();
        for (var failed = TimeSpan.Zero; waits.Count < 12;)
        {
            _now += TimeSpan.FromSeconds(0.25);
            _state.Hurry();
            if (_state.BeginRound(_now, ["only"]).Count == 0) continue;
            waits.Add((_now - failed).TotalSeconds);
            _state.Record("only", ContactOutcome.Failed, failed = _now);
        }

        for (var i = 1; i < waits.Count; i++) Assert.InRange(waits[i], Math.Min(20, 1 << (i - 1)) / 2.0, Math.Min(20, 1 << (i - 1)) + 0.25);
        Assert.True(waits.Distinct().Count() > 6); // varied, also at the limit
        _now += TimeSpan.FromSeconds(20);
        _state.Hurry();
        Assert.Single(_state.BeginRound(_now, ["only"]));
        _state.Record("only", ContactOutcome.Equal, _now);
        _state.Hurry();
        Assert.Single(_state.BeginRound(_now, ["only"]));
    }

    [Fact]
    public void Failures_of_peers_that_are_gone_are_forgotten()
    {
        _state.BeginRound(_now, ["only"]);
        _state.Record("only", ContactOutcome.Failed, _now);
        _state.Know([]);
        _state.Hurry();
        Assert.Single(_state.BeginRound(_now, ["only"]));
    }

    [Fact]
    public void Over_a_long_way_changes_wait_until_they_are_many_or_have_waited_long()
    {
        var (backlog, batch) = (new SyncBacklog(), SyncStrategy.Select(new(20, 800, 0)));
        Assert.True(backlog.IsDue("office", batch, _now)); // which was never met
        Assert.False(backlog.Contact("office", _now));
        backlog.Add(batch.BatchSize - 1);
        Assert.False(backlog.IsDue("office", batch, _now + batch.BatchDelay - TimeSpan.FromSeconds(1)));
        Assert.True(backlog.IsDue("office", SyncStrategy.Immediate, _now));
        Assert.True(backlog.IsDue("office", batch, _now + batch.BatchDelay));
        backlog.Add(1);
        Assert.True(backlog.IsDue("office", batch, _now));
        Assert.True(backlog.IsBehind("office"));
        Assert.False(backlog.Contact("office", _now));
        Assert.True(backlog.Contact("office", _now));
        Assert.False(backlog.IsBehind("office"));
        Assert.False(backlog.IsDue("office", batch, _now));
    }

    private IReadOnlyList<string> Round()
    {
        _now += TimeSpan.FromSeconds(1.25);
        return _state.BeginRound(_now, Peers);
    }

    private void FallQuiet()
    {
        while (_state.IsActive)
        {
            foreach (var peer in Round()) _state.Record(peer, ContactOutcome.Equal, _now);
        }
    }
}
