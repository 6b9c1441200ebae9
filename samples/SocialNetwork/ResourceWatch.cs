using System.Diagnostics;
using Crdt.Samples.SocialNetwork.Reporting;

namespace Crdt.Samples.SocialNetwork;

/// <summary>Looks every few milliseconds how much memory is in use, and remembers the most.</summary>
internal sealed class ResourceWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Timer _timer;
    private long _peakInUse;
    private long _peakHeap;

    public ResourceWatch() => _timer = new(_ => Sample(), null, TimeSpan.Zero, Interval);

    /// <summary>
    /// What the run took: of the managed heap the most that was in use, garbage included, and its largest size after a
    /// collection; of the whole process, databases included, the most memory.
    /// </summary>
    public IEnumerable<string> Describe()
    {
        Sample();
        using var process = Process.GetCurrentProcess();
        yield return $"time {Format.Seconds(_time.Elapsed)}, of which {Format.Seconds(process.TotalProcessorTime)} on the processors";
        yield return $"managed heap: {Format.Megabytes(_peakInUse)} in use at most, {Format.Megabytes(_peakHeap)} after a collection; process: {Format.Megabytes(process.PeakWorkingSet64)}";
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        _peakInUse = Math.Max(_peakInUse, GC.GetTotalMemory(forceFullCollection: false));
        _peakHeap = Math.Max(_peakHeap, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
    }
}
