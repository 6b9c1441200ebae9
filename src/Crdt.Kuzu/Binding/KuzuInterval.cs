using System.Runtime.InteropServices;
using Crdt.Projection;

namespace Crdt.Kuzu.Binding;

/// <summary>Kuzu's INTERVAL. Months and days have no fixed length, so the three parts stand side by side.</summary>
/// <param name="Months">Whole months; a year is twelve.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Microseconds">The rest, in microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct KuzuInterval(int Months, int Days, long Microseconds) : IDatabaseValue
{
    /// <summary>An interval of microseconds only; what is finer than a microsecond is dropped.</summary>
    public static KuzuInterval FromTimeSpan(TimeSpan span) => new(0, 0, span.Ticks / TimeSpan.TicksPerMicrosecond);

    object IDatabaseValue.ToPlain() => Months == 0
        ? TimeSpan.FromDays(Days) + new TimeSpan(checked(Microseconds * TimeSpan.TicksPerMicrosecond))
        : throw new OverflowException("the interval has months, whose length depends on the date.");
}
