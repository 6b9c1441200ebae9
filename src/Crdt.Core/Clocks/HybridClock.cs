namespace Crdt.Clocks;

/// <summary>
/// A clock whose stamps always rise: never below the wall clock, above everything it gave, and above everything it was
/// shown. Safe for use from several threads.
/// </summary>
/// <param name="time">Where the wall-clock time is read.</param>
/// <param name="last">The newest stamp given or seen before, for instance the one a store has kept.</param>
public sealed class HybridClock(TimeProvider time, Stamp last = default)
{
    private readonly Lock _lock = new();
    private Stamp _last = last;

    /// <summary>The newest stamp that was given or observed.</summary>
    public Stamp Last
    {
        get
        {
            lock (_lock) return _last;
        }
    }

    /// <summary>A stamp above every one given or observed so far. Equal wall-clock times still give different stamps.</summary>
    /// <exception cref="OverflowException">The clock was led to the end of its range.</exception>
    public Stamp Now()
    {
        var wall = Wall();
        lock (_lock) return _last = wall.CompareTo(_last) > 0 ? wall : _last.Next();
    }

    /// <summary>Takes note of a stamp from elsewhere, so that what is written from now on is later.</summary>
    public void Observe(Stamp stamp)
    {
        lock (_lock)
        {
            if (stamp.CompareTo(_last) > 0) _last = stamp;
        }
    }

    /// <summary>How far <paramref name="stamp"/> is ahead of the wall clock; negative when it is behind.</summary>
    public TimeSpan LeadOf(Stamp stamp) => TimeSpan.FromMilliseconds(stamp.Milliseconds - Wall().Milliseconds);

    /// <summary>The time on the wall clock as a stamp.</summary>
    // A wall clock set before 1970 must not stop anybody from writing: the logical part carries on alone.
    public Stamp Wall() => new((ulong)Math.Clamp(time.GetUtcNow().ToUnixTimeMilliseconds(), 0, Stamp.MaxMilliseconds) << 16);
}
