using Crdt.Clocks;
using Crdt.Tests.Properties.Laws;

namespace Crdt.Tests.Properties.Kernel;

public sealed class HybridClockTests
{
    [Fact]
    public void Stamps_always_rise_whatever_the_wall_clock_does()
    {
        Cases.ForAll(Cases.From(dice => dice.Next()), seed =>
        {
            var dice = new Dice(seed);
            var time = new VirtualTime(1_000_000);
            var clock = new HybridClock(time);
            var newest = default(Stamp);
            for (var i = 0; i < 20; i++)
            {
                time.Milliseconds = Math.Max(-5, time.Milliseconds + dice.Pick(0, 0, 1, 1000, -1000, -2_000_000));
                if (dice.OneIn(4))
                {
                    var seen = new Stamp(dice.Next() >> 20);
                    clock.Observe(seen);
                    if (seen.CompareTo(newest) > 0) newest = seen;
                }

                var now = clock.Now();
                Law.Holds("above everything given or seen", now.CompareTo(newest) > 0, $"{now} after {newest}");
                Law.Holds("never below the wall clock", now.Milliseconds >= Math.Max(0, time.Milliseconds));
                Law.Holds("kept", clock.Last == now);
                newest = now;
            }
        });
    }

    [Fact]
    public void The_counter_carries_into_the_milliseconds_without_wrapping()
    {
        var clock = new HybridClock(new VirtualTime(5), new((5ul << 16) | 0xFFFF));
        Assert.Equal((6L, (ushort)0), (clock.Now().Milliseconds, clock.Last.Counter));
    }

    [Theory]
    [InlineData(1ul << 31)]
    [InlineData(1ul << 32)]
    [InlineData(1ul << 53)]
    [InlineData((1ul << 63) - 1)]
    [InlineData(ulong.MaxValue - 1)]
    public void Stamps_step_over_every_width(ulong value) => Assert.Equal(value + 1, new HybridClock(new VirtualTime(0), new(value)).Now().Value);

    [Fact]
    public void A_wall_clock_out_of_range_is_clamped()
    {
        Assert.Equal(1ul, new HybridClock(new VirtualTime(-62_135_596_800_000)).Now().Value);
        Assert.Equal(253_402_300_799_999, new HybridClock(new VirtualTime(253_402_300_799_999)).Now().Milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => Stamp.FromTime(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)));
    }
}
