namespace Crdt.Sync.Networking;

/// <summary>What is known of the way to one peer. Sessions with it may run at the same time.</summary>
internal sealed class PeerLink
{
    /// <summary>How much a session counts against all before it.</summary>
    private const double Weight = 0.25;

    /// <summary>How much of former sessions' frames is remembered at each session: about the last twenty count.</summary>
    private const double Memory = 0.95;

    private readonly Lock _lock = new();
    private double? _latency;
    private double? _bandwidth;
    private double _frames;
    private double _breaks;
    private bool _owesOthers;

    /// <summary>What was measured, smoothed.</summary>
    public NetworkQuality Quality
    {
        get
        {
            lock (_lock) return new(_bandwidth ?? double.PositiveInfinity, _latency ?? 0, _frames > 0 ? Math.Min(1, _breaks / _frames) : 0);
        }
    }

    /// <summary>Whether a session with critical lanes only has found nothing to carry, so that it is the others' turn.</summary>
    public bool OwesOthers
    {
        get
        {
            lock (_lock) return _owesOthers;
        }

        set
        {
            lock (_lock) _owesOthers = value;
        }
    }

    /// <summary>Adds what a session has shown.</summary>
    public void Add(TrafficProbe probe)
    {
        lock (_lock)
        {
            _latency = Smooth(_latency, probe.LatencyMs);
            _bandwidth = Smooth(_bandwidth, probe.BandwidthMbps);
            _frames = (_frames * Memory) + probe.Frames;
            _breaks = (_breaks * Memory) + (probe.HasBroken ? 1 : 0);
        }
    }

    private static double? Smooth(double? before, double? now) => (before, now) switch
    {
        ({ } old, { } sample) => old + (Weight * (sample - old)),
        _ => now ?? before,
    };
}
