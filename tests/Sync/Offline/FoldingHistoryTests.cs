using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Offline;

/// <summary>Whether events fold or not makes no difference to what they lead to.</summary>
public sealed class FoldingHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_history_ends_in_the_same_bytes_whether_its_events_fold_or_not(int seed)
    {
        await using var folding = new Scene();
        await using var plain = new Scene();
        var (one, other) = (new QueueHistory(folding, seed, folds: true), new QueueHistory(plain, seed, folds: false));
        await one.RunAsync(steps: 150);
        await other.RunAsync(steps: 150);
        var expected = await other.All[0].RootAsync();
        foreach (var replica in one.All.Concat(other.All)) Assert.Equal(expected, await replica.RootAsync());
        Assert.Equal(other.All[0].VectorOf(), one.All[0].VectorOf());
    }
}
