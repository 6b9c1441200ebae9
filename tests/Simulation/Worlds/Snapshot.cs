using Crdt.Clocks;
using Crdt.Sync.Snapshots;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>What a replica has exported.</summary>
/// <param name="Exporter">Its name.</param>
/// <param name="Bytes">The snapshot.</param>
/// <param name="Since">What it begins after; null where it holds everything.</param>
/// <param name="Until">What the exporter had.</param>
internal sealed record Snapshot(string Exporter, byte[] Bytes, SyncPoint? Since, SyncPoint Until)
{
    public VersionVector VectorOf(string lane) => Of(Until, lane);

    /// <summary>What whoever imports it has to have already.</summary>
    public VersionVector BaseOf(string lane) => Since is null ? new() : Of(Since, lane);

    private static VersionVector Of(SyncPoint point, string lane) => point.Lanes.First(standing => standing.Lane == lane).Vector;
}
