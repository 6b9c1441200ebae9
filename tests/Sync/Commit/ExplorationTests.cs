using System.Diagnostics;

namespace Crdt.Tests.Sync.Commit;

/// <summary>All executions of one transaction, within bounds. The counts are those of <c>docs/commit-protocol.md</c>.</summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, 2, 1, 1, 0, 4_500_000)]
    [InlineData(3, 1, 0, 1, 1, 700_000)]
    public void No_execution_breaks_a_rule(int participants, int crashes, int faults, int timers, int restores, int leastStates)
    {
        var watch = Stopwatch.StartNew();
        var explorer = new Explorer(new Driver(), new(participants, crashes, faults, timers, restores));
        explorer.Run();
        var (sites, messages) = explorer.Parts;
        output.WriteLine(
            $"{explorer.StateCount} states, {explorer.CalmCount} without further faults, {explorer.TransitionCount} transitions, {sites} states of a site, {messages} messages, {watch.Elapsed}");
        Assert.True(explorer.StateCount >= leastStates, $"{explorer.StateCount} states");
    }
}
