namespace Crdt.Tests.Simulation.Worlds;

/// <summary>The clock of one replica, which may be wrong.</summary>
/// <param name="world">Whose time is right.</param>
internal sealed class SimulatedClock(World world) : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Lead { get; private set; }

    /// <summary>How many thousandths too fast it goes.</summary>
    public int Drift { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The latest time that it has told.</summary>
    public DateTimeOffset Latest { get; private set; }

    public override DateTimeOffset GetUtcNow()
    {
        var now = world.Now + Lead;
        if (now > Latest) Latest = now;
        return now;
    }

    public override long GetTimestamp() => world.Now.Ticks;

    public void Set(TimeSpan lead) => Lead = lead;

    public void Pass(TimeSpan time) => Lead += time * Drift / 1000;
}
