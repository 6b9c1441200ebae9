using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>.NET's dates and times, which count 100 ns from the year 1, in the engine's units from 1970.</summary>
internal static class Instants
{
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int ToDays(DateOnly date) => date.DayNumber - EpochDay;

    /// <exception cref="OverflowException">The day is outside of the years 1 to 9999.</exception>
    public static DateOnly FromDays(int days)
    {
        var number = (long)days + EpochDay;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw OutOfRange();
    }

    /// <summary>The count of units since 1970, rounded down.</summary>
    /// <exception cref="ArgumentException">The time is a local one.</exception>
    /// <exception cref="OverflowException">Nanoseconds reach from 1677 to 2262 only.</exception>
    public static long ToUnits(DateTime time, KuzuColumnKind kind)
    {
        if (time.Kind == DateTimeKind.Local)
            throw new ArgumentException("The time is a local one, whose meaning depends on the machine. Pass UTC.", nameof(time));
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return kind switch
        {
            KuzuColumnKind.TimestampNs => checked(ticks * TimeSpan.NanosecondsPerTick),
            KuzuColumnKind.TimestampMs => FloorDivide(ticks, TimeSpan.TicksPerMillisecond),
            KuzuColumnKind.TimestampSec => FloorDivide(ticks, TimeSpan.TicksPerSecond),
            _ => FloorDivide(ticks, TimeSpan.TicksPerMicrosecond),
        };
    }

    /// <exception cref="OverflowException">The time is outside of the years 1 to 9999.</exception>
    public static DateTime FromUnits(long units, long ticksPerUnit)
    {
        var ticks = (Int128)units * ticksPerUnit + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks, DateTimeKind.Utc) : throw OutOfRange();
    }

    private static long FloorDivide(long value, long divisor) => (value - (((value % divisor) + divisor) % divisor)) / divisor;

    private static OverflowException OutOfRange() => new("The value is outside of .NET's years 1 to 9999. Read it by its raw count.");
}
