using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Crdt.Tests.Properties.Codec;

/// <summary>The processor time of this thread in milliseconds; where the system doesn't tell it, the time of day.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static double Now
    {
        get
        {
            if (!OperatingSystem.IsLinux() || Read(ThreadCpuTime, out var time) != 0) return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
            return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(nint Seconds, nint Nanoseconds);
}
