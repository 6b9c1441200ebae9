using System.Globalization;

namespace Crdt.Sync.Networking;

/// <summary>How to make the best of a network: what is sent when, and in what portions. Whatever it holds back stays in the log, and goes later.</summary>
public sealed record SyncStrategy
{
    /// <summary>Below this bandwidth, in megabits a second, critical lanes go first.</summary>
    public const double NarrowMbps = 1;

    /// <summary>Above this latency, in milliseconds, commits wait for each other.</summary>
    public const double SlowMs = 500;

    private SyncStrategy(SyncStrategyType type, string reason) => (Type, Reason) = (type, reason);

    /// <summary>Its kind.</summary>
    public SyncStrategyType Type { get; }

    /// <summary>Why it was chosen, with the figures.</summary>
    public string Reason { get; }

    /// <summary>
    /// Whether a session carries critical lanes only. The others follow in the next session with the same peer once the critical ones had nothing
    /// to carry. Without effect where no lane is named critical.
    /// </summary>
    public bool SyncsCriticalOnly => Type == SyncStrategyType.PriorityBased;

    /// <summary>How many changed entities may wait before a session is worth its round trips; 1 where none waits.</summary>
    public int BatchSize => Type == SyncStrategyType.BatchOptimized ? 500 : 1;

    /// <summary>How long a change may wait for others; zero where none waits.</summary>
    public TimeSpan BatchDelay => Type == SyncStrategyType.BatchOptimized ? TimeSpan.FromSeconds(10) : TimeSpan.Zero;

    /// <summary>
    /// How many bytes of events go into one frame, unless a single event is larger. Two frames may be unconfirmed, so larger ones fill a long way, and
    /// smaller ones let lanes take turns on a narrow one.
    /// </summary>
    public int SliceBytes => Type switch
    {
        SyncStrategyType.BatchOptimized => 3 * 1024 * 1024,
        SyncStrategyType.PriorityBased => 64 * 1024,
        _ => 1024 * 1024,
    };

    /// <summary>What is done while nothing is known of a network, or nothing is wrong with it.</summary>
    public static SyncStrategy Immediate { get; } = new(SyncStrategyType.Immediate, "nothing was measured that would call for another strategy");

    /// <summary>Chooses by what was measured: the bandwidth decides before the latency does.</summary>
    /// <param name="quality">What was measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is negative or not a number.</exception>
    public static SyncStrategy Select(NetworkQuality quality)
    {
        if (!(quality.BandwidthMbps >= 0 && quality.LatencyMs >= 0 && quality.LossRate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(quality), quality, "A figure is negative or not a number.");
        var (bandwidth, latency) = (Say(quality.BandwidthMbps, "Mbit/s"), Say(quality.LatencyMs, "ms"));
        if (quality.BandwidthMbps < NarrowMbps)
            return new(SyncStrategyType.PriorityBased, $"the bandwidth of {bandwidth} is below {Say(NarrowMbps, "Mbit/s")}");
        if (quality.LatencyMs > SlowMs)
            return new(SyncStrategyType.BatchOptimized, $"the latency of {latency} is above {Say(SlowMs, "ms")}, and the bandwidth of {bandwidth} is not the limit");
        return new(SyncStrategyType.Immediate, $"a bandwidth of {bandwidth} and a latency of {latency} call for nothing else");
    }

    private static string Say(double figure, string unit) =>
        double.IsPositiveInfinity(figure) ? $"unknown {unit}" : string.Create(CultureInfo.InvariantCulture, $"{figure:0.###} {unit}");
}
