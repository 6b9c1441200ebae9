using System.Diagnostics;
using Crdt.Samples.SocialNetwork.Reporting;

namespace Crdt.Samples.SocialNetwork;

/// <summary>Looks every few milliseconds how much memory is in use, and remembers the most.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private long _peak;

    public MemoryWatch() => _timer = new(_ => Sample(), null, TimeSpan.Zero, Interval);

    /// <summary>The peaks: what the program's objects took, garbage included, and what the whole process took, databases included.</summary>
    public string Describe()
    {
        Sample();
        using var process = Process.GetCurrentProcess();
        return $"peak of the managed heap {Format.Megabytes(_peak)}, of the process {Format.Megabytes(process.PeakWorkingSet64)}";
    }

    public void Dispose() => _timer.Dispose();

    private void Sample() => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
}
