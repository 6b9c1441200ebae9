using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>The number of the day, from 0 on 1 January of the year 1.</summary>
public readonly struct DateCodec : IValueCodec<DateOnly>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Date;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, DateOnly value) => writer.WriteVarint((ulong)value.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref WireReader reader)
    {
        var day = reader.ReadVarint();
        return day <= (ulong)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : throw reader.Malformed($"day {day} is beyond the year 9999");
    }
}

/// <summary>Ticks since midnight.</summary>
public readonly struct TimeCodec : IValueCodec<TimeOnly>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Time;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, TimeOnly value) => writer.WriteVarint((ulong)value.Ticks);

    /// <inheritdoc/>
    public static TimeOnly Read(ref WireReader reader)
    {
        var ticks = reader.ReadVarint();
        return ticks < TimeSpan.TicksPerDay ? new((long)ticks) : throw reader.Malformed("a time of day is beyond midnight");
    }

    /// <inheritdoc/>
    public static int Hash(TimeOnly value) => Int64Codec.Hash(value.Ticks);
}

/// <summary>Ticks since the year 1, in UTC. Only UTC and local times can be written; a local one is converted.</summary>
public readonly struct DateTimeCodec : IValueCodec<DateTime>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.DateTime;

    /// <inheritdoc/>
    public static void Check(DateTime value) => Utc(value);

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, DateTime value) => writer.WriteVarint((ulong)Utc(value).Ticks);

    /// <inheritdoc/>
    public static DateTime Read(ref WireReader reader)
    {
        var ticks = reader.ReadVarint();
        return ticks <= (ulong)DateTime.MaxValue.Ticks ? new((long)ticks, DateTimeKind.Utc) : throw reader.Malformed("a time is beyond the year 9999");
    }

    /// <inheritdoc/>
    public static bool Same(DateTime left, DateTime right) => Utc(left).Ticks == Utc(right).Ticks;

    /// <inheritdoc/>
    public static int Hash(DateTime value) => Int64Codec.Hash(Utc(value).Ticks);

    private static DateTime Utc(DateTime value) => value.Kind != DateTimeKind.Unspecified
        ? value.ToUniversalTime()
        : throw new ArgumentException("A DateTime of unspecified kind names no moment; use DateTime.SpecifyKind to say that it is UTC.");
}

/// <summary>Local ticks, then the offset in minutes: equal moments with different offsets differ.</summary>
public readonly struct DateTimeOffsetCodec : IValueCodec<DateTimeOffset>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.DateTimeOffset;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, DateTimeOffset value)
    {
        writer.WriteVarint((ulong)value.Ticks);
        writer.WriteZigZag(value.TotalOffsetMinutes);
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref WireReader reader)
    {
        var (ticks, minutes) = (reader.ReadVarint(), reader.ReadZigZag());
        if (ticks > (ulong)DateTime.MaxValue.Ticks || minutes is < -840 or > 840) throw reader.Malformed("a time is out of range");
        try
        {
            return new((long)ticks, TimeSpan.FromMinutes(minutes));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw reader.Malformed("a time is out of range in UTC");
        }
    }

    /// <inheritdoc/>
    public static bool Same(DateTimeOffset left, DateTimeOffset right) => left.EqualsExact(right);

    /// <inheritdoc/>
    public static int Hash(DateTimeOffset value) => HashCode.Combine(Int64Codec.Hash(value.Ticks), value.TotalOffsetMinutes);
}

/// <summary>Ticks, positive or negative.</summary>
public readonly struct DurationCodec : IValueCodec<TimeSpan>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Duration;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, TimeSpan value) => writer.WriteZigZag(value.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref WireReader reader) => new(reader.ReadZigZag());

    /// <inheritdoc/>
    public static int Hash(TimeSpan value) => Int64Codec.Hash(value.Ticks);
}
