namespace Crdt.Tests.Sync.Scenes;

/// <summary>A clock that moves when something arrives, and tells both the time of day and how much of it has passed.</summary>
public sealed class SteppedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private long _ticks;

    public TimeSpan Elapsed => new(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Moves it on; back it never goes.</summary>
    public void AdvanceTo(TimeSpan at)
    {
        for (var now = Elapsed; at > now && Interlocked.CompareExchange(ref _ticks, at.Ticks, now.Ticks) != now.Ticks;) now = Elapsed;
    }
}
