using Crdt.Sync.Networking;

namespace Crdt.Tests.Sync.Networking;

public sealed class SyncStrategyTests
{
    [Theory]
    [InlineData(0.5, 30, SyncStrategyType.PriorityBased)]
    [InlineData(0.5, 900, SyncStrategyType.PriorityBased)] // the bandwidth decides first
    [InlineData(1, 30, SyncStrategyType.Immediate)]
    [InlineData(20, 500, SyncStrategyType.Immediate)]
    [InlineData(20, 501, SyncStrategyType.BatchOptimized)]
    [InlineData(double.PositiveInfinity, 0, SyncStrategyType.Immediate)]
    public void A_strategy_follows_from_what_was_measured(double mbps, double milliseconds, SyncStrategyType expected) =>
        Assert.Equal(expected, SyncStrategy.Select(new(mbps, milliseconds, 0)).Type);

    [Fact]
    public void A_narrow_way_carries_critical_lanes_only()
    {
        var strategy = SyncStrategy.Select(new(0.25, 40, 0));
        Assert.True(strategy.SyncsCriticalOnly);
        Assert.InRange(strategy.SliceBytes, 1, SyncStrategy.Immediate.SliceBytes - 1);
        Assert.Contains("0.25 Mbit/s", strategy.Reason);
    }

    [Fact]
    public void A_long_way_carries_more_than_a_hundred_changes_at_once()
    {
        var strategy = SyncStrategy.Select(new(20, 600, 0));
        Assert.InRange(strategy.BatchSize, 101, int.MaxValue);
        Assert.InRange(strategy.SliceBytes, SyncStrategy.Immediate.SliceBytes + 1, Crdt.Codec.WireLimits.Frame - 1);
        Assert.False(strategy.SyncsCriticalOnly);
        Assert.Contains("600 ms", strategy.Reason);
    }

    [Theory]
    [InlineData(double.NaN, 1, 0)]
    [InlineData(-1, 1, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 1, 1.5)]
    public void A_figure_that_can_not_be_is_refused(double mbps, double milliseconds, double loss) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SyncStrategy.Select(new(mbps, milliseconds, loss)));
}
