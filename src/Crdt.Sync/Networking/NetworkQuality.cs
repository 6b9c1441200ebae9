namespace Crdt.Sync.Networking;

/// <summary>
/// How good the way to a peer is, as its sessions have shown: nothing is sent to find out. Smoothed, so that one bad moment changes little.
/// </summary>
/// <param name="BandwidthMbps">
/// Megabits (10⁶ bits) a second that the peer confirmed of what was sent to it, in frames of 16 KiB and more; infinite while there were none.
/// </param>
/// <param name="LatencyMs">Milliseconds from a frame to the answer to it, both ways together; 0 while no answer was timed.</param>
/// <param name="LossRate">The share of all frames, from 0 to 1, with which the way broke.</param>
public readonly record struct NetworkQuality(double BandwidthMbps, double LatencyMs, double LossRate);
