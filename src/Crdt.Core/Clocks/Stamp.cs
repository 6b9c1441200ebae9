namespace Crdt.Clocks;

/// <summary>
/// A hybrid logical timestamp: 48 bits of milliseconds since 1970 (UTC) above 16 bits of counter (Kulkarni et al.,
/// <i>Logical Physical Clocks</i>, 2014). It chooses among writes that are concurrent and never decides whether they are.
/// </summary>
/// <param name="Value">The packed 64 bits; comparing them compares the stamps.</param>
public readonly record struct Stamp(ulong Value) : IComparable<Stamp>
{
    /// <summary>The latest time that fits, in milliseconds since 1970: the year 10889.</summary>
    public const long MaxMilliseconds = (1L << 48) - 1;

    /// <summary>The stamp of a wall-clock time with counter 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970 or beyond 48 bits of milliseconds.</exception>
    public static Stamp FromTime(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(time));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds, nameof(time));
        return new((ulong)milliseconds << 16);
    }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Milliseconds => (long)(Value >> 16);

    /// <summary>Orders writes that share a millisecond.</summary>
    public ushort Counter => (ushort)Value;

    /// <summary>The least stamp above this one.</summary>
    /// <exception cref="OverflowException">This is the last stamp there is; a clock must never be led so far.</exception>
    public Stamp Next() => Value != ulong.MaxValue ? new(Value + 1) : throw new OverflowException("The hybrid logical clock is exhausted.");

    /// <inheritdoc/>
    public int CompareTo(Stamp other) => Value.CompareTo(other.Value);

    /// <summary>The time in ISO 8601 and the counter.</summary>
    public override string ToString() => Milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? $"{DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}+{Counter}"
        : $"{Milliseconds}ms+{Counter}";
}
