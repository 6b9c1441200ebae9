using System.Diagnostics;

namespace Crdt.Bench.EndToEnd;

/// <summary>How long one replica spends in its store and in its graph database.</summary>
internal sealed class Shares
{
    /// <summary>Reading from the store.</summary>
    public TimeSpan Read { get; private set; }

    /// <summary>Committing to the store.</summary>
    public TimeSpan Commit { get; private set; }

    /// <summary>Writing to the graph database.</summary>
    public TimeSpan Project { get; private set; }

    public void Reset() => (Read, Commit, Project) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public ValueTask<T> ReadingAsync<T>(Func<ValueTask<T>> work) => TimedAsync(work, time => Read += time);

    public ValueTask<T> CommittingAsync<T>(Func<ValueTask<T>> work) => TimedAsync(work, time => Commit += time);

    public async ValueTask CommittingAsync(Func<ValueTask> work) => await TimedAsync(() => Valued(work), time => Commit += time).ConfigureAwait(false);

    public async ValueTask ProjectingAsync(Func<ValueTask> work) => await TimedAsync(() => Valued(work), time => Project += time).ConfigureAwait(false);

    private static async ValueTask<bool> Valued(Func<ValueTask> work)
    {
        await work().ConfigureAwait(false);
        return true;
    }

    private static async ValueTask<T> TimedAsync<T>(Func<ValueTask<T>> work, Action<TimeSpan> add)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            add(Stopwatch.GetElapsedTime(start));
        }
    }
}
