using System.Globalization;
using Crdt.Sync.Gossip;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>How fast news spread, and that they reach everybody. <c>docs/gossip.md</c> has the figures that these tests print.</summary>
public sealed class GossipConvergenceTests(ITestOutputHelper output)
{
    private const double Loss = 0.3;

    /// <summary>The bound on rounds: this many for each doubling of the replicas, and so many more.</summary>
    private const double PerDoubling = 1, Besides = 5;

    [Theory]
    [InlineData(10, 1, 500)]
    [InlineData(10, 10, 500)]
    [InlineData(100, 1, 100)]
    [InlineData(100, 100, 100)]
    [InlineData(1000, 1, 15)]
    [InlineData(1000, 1000, 15)]
    public void Everybody_has_all_news_after_a_number_of_rounds_that_grows_with_the_logarithm(int replicas, int news, int seeds)
    {
        var rounds = new List<int>();
        var contacts = 0.0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var simulation = Quiet(replicas, news, seed);
            rounds.Add(simulation.RunUntil(() => simulation.AreEqual, atMost: 100));
            contacts += simulation.Contacts / (double)replicas / seeds;
        }

        var bound = (PerDoubling * Math.Log2(replicas)) + Besides;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{replicas} replicas, {news} news, {seeds} seeds: mean {rounds.Average():0.0}, most {rounds.Max()}, bound {bound:0.0} rounds; {contacts:0.0} contacts a replica"));
        Assert.InRange(rounds.Max(), 1, bound);
        Assert.InRange(rounds.Average(), 1, bound - 4);
    }

    [Theory]
    [InlineData(10, 300)]
    [InlineData(100, 60)]
    [InlineData(1000, 5)]
    public void Replicas_fall_quiet_soon_after_they_are_equal(int replicas, int seeds)
    {
        var (quiet, missed) = (new List<int>(), 0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var simulation = Quiet(replicas, 1, seed);
            quiet.Add(simulation.RunUntil(() => simulation.AreQuiet, atMost: 100));
            if (!simulation.AreEqual) missed++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{replicas} replicas, {seeds} seeds: quiet after {quiet.Average():0.0} rounds, most {quiet.Max()}; somebody was missed {missed} times"));
        Assert.InRange(quiet.Max(), 1, (PerDoubling * Math.Log2(replicas)) + Besides + 8);
        Assert.Equal(0, missed);
    }

    [Fact]
    public void Whoever_was_missed_when_the_others_fell_quiet_gets_everything_by_anti_entropy()
    {
        var hasty = new GossipOptions { FanOut = 1, StopAfter = 1 };
        var (missed, late) = (0, new List<int>());
        for (var seed = 1; seed <= 200; seed++)
        {
            var simulation = Quiet(100, 3, seed, hasty);
            simulation.RunUntil(() => simulation.AreQuiet, atMost: 200);
            if (simulation.AreEqual) continue;
            missed++;
            late.Add(simulation.RunUntil(() => simulation.AreEqual, atMost: 240));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"somebody was missed in {missed} of 200 runs, and had everything {late.Average():0.0} rounds later, at most {late.Max()}"));
        Assert.InRange(missed, 1, 200); // or anti-entropy would not have been tried
    }

    /// <summary>Replicas that had fallen quiet, and of which some then commit something.</summary>
    private static GossipSimulation Quiet(int replicas, int news, int seed, GossipOptions? options = null)
    {
        var simulation = new GossipSimulation(replicas, news, Loss, seed, options);
        simulation.RunUntil(() => simulation.AreQuiet, atMost: 200);
        for (var i = 0; i < news; i++) simulation.Write(i % replicas, i);
        simulation.Contacts = 0;
        return simulation;
    }
}
