using Crdt.Sync;
using Crdt.Sync.Distributed;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Distributed;

/// <summary>
/// What is told of progress. It was told after the next thing had been let in, so that whoever was slow to look told an older state last: a transaction for which all had voted
/// came back with three of its four votes.
/// </summary>
public sealed class ProgressTests : IAsyncDisposable
{
    private ReplicaTruth? _truth;
    private CommitSite? _site;

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.CloseAsync();
        if (_truth is not null) await _truth.DisposeAsync();
    }

    [Fact]
    public async Task What_is_told_of_progress_comes_in_the_order_in_which_it_happened()
    {
        List<int> told = [];
        using var slow = new SemaphoreSlim(0);
        var isSlow = false;
        _truth = await ReplicaTruth.OpenAsync("laptop", TestSchema.Instance, new GraphReplicaOptions().UseMemory(new()), default);
        _site = await CommitSite.OpenAsync(_truth, new CommitPorts(static (_, _) => ValueTask.CompletedTask) { HasOwnTime = true, Progressed = Tell }, new(), default);

        isSlow = true;
        var first = Task.Run(async () => await _site.BeginAsync());
        await Meeting.EventuallyAsync(() => !isSlow);
        var second = Task.Run(async () => await _site.BeginAsync());
        await Task.Delay(100); // Enough for the second to overtake the first, where it can.
        slow.Release();
        await Task.WhenAll(first, second);

        Assert.Equal([1, 2], told);

        void Tell()
        {
            var (seen, wasSlow) = (_site?.Unfinished.Count ?? 0, isSlow);
            isSlow = false;
            if (wasSlow) slow.Wait();
            if (seen > 0) told.Add(seen);
        }
    }
}
