using Crdt.Sync.Health;

namespace Crdt.Sync;

public sealed partial class GraphReplica
{
    private readonly Divergences _divergences;

    /// <summary>
    /// How the replica is: clock, events that are held back, wait or are refused, the offline queue and the graph database. O(operations that wait) the first
    /// time, then O(what is listed).
    /// </summary>
    /// <exception cref="ObjectDisposedException">The replica is closed.</exception>
    public async ValueTask<HealthReport> ReadHealthAsync(CancellationToken cancellationToken = default)
    {
        var health = await _truth.ReadHealthAsync(cancellationToken).ConfigureAwait(false) with { Diverged = _divergences.Peers };
        return _projector is null ? health : health with { Projection = await _projector.ReadHealthAsync(cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>The event that an origin is in quarantine for, as it came. O(bytes).</summary>
    /// <param name="quarantined">An entry of <see cref="HealthReport.Quarantined"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its bytes; empty where they were not kept, or the quarantine has been lifted meanwhile.</returns>
    /// <exception cref="ObjectDisposedException">The replica is closed.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadEvidenceAsync(QuarantinedOrigin quarantined, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quarantined);
        return _truth.ReadEvidenceAsync(quarantined, cancellationToken);
    }
}
