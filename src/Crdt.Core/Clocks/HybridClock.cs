namespace Crdt.Clocks;

/// <summary>
/// A clock whose stamps always rise: never below the wall clock, above everything it gave, and above everything it was
/// shown. It is not safe for use from several threads at once.
/// </summary>
/// <param name="time">Where the wall-clock time is read.</param>
/// <param name="last">The newest stamp given or seen before, for instance the one a store has kept.</param>
public sealed class HybridClock(TimeProvider time, Stamp last = default)
{
    /// <summary>The newest stamp that was given or observed.</summary>
    public Stamp Last { get; private set; } = last;

    /// <summary>A stamp above every one given or observed so far. Equal wall-clock times still give different stamps.</summary>
    /// <exception cref="OverflowException">The clock was led to the end of its range.</exception>
    public Stamp Now()
    {
        var wall = Wall();
        return Last = wall.CompareTo(Last) > 0 ? wall : Last.Next();
    }

    /// <summary>Takes note of a stamp from elsewhere, so that what is written from now on is later.</summary>
    public void Observe(Stamp stamp)
    {
        if (stamp.CompareTo(Last) > 0) Last = stamp;
    }

    /// <summary>How far <paramref name="stamp"/> is ahead of the wall clock; negative when it is behind.</summary>
    public TimeSpan LeadOf(Stamp stamp) => TimeSpan.FromMilliseconds(stamp.Milliseconds - Wall().Milliseconds);

    // A wall clock set before 1970 must not stop anybody from writing: the logical part carries on alone.
    private Stamp Wall() => new((ulong)Math.Clamp(time.GetUtcNow().ToUnixTimeMilliseconds(), 0, Stamp.MaxMilliseconds) << 16);
}
