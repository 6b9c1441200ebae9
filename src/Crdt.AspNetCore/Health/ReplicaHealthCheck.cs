using Crdt.AspNetCore.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crdt.AspNetCore.Health;

/// <summary>
/// Whether the replica of the host is open and how it is: degraded where an origin is in quarantine or has signed two histories, a peer holds different data after the same events, events are held back for a clock, or the graph database lags behind further than
/// <see cref="MaxProjectionLag"/>; unhealthy where it isn't open.
/// </summary>
/// <param name="hosted">The replica.</param>
public sealed class ReplicaHealthCheck(HostedReplica hosted) : IHealthCheck
{
    /// <summary>How many commits the graph database may be behind.</summary>
    public const long MaxProjectionLag = 1000;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var health = await hosted.Replica.ReadHealthAsync(cancellationToken).ConfigureAwait(false);
            var data = new Dictionary<string, object>
            {
                ["quarantined"] = health.Quarantined.Count,
                ["equivocations"] = health.Equivocations.Count,
                ["diverged"] = health.Diverged.Count,
                ["held"] = health.Held.Count,
                ["waiting"] = health.Waiting.Values.Sum(waiting => waiting.Events),
                ["queued"] = health.OfflineQueue.Operations,
                ["projectionLag"] = health.Projection?.Commits ?? 0,
                ["clockLeadSeconds"] = health.ClockLead.TotalSeconds,
            };
            var worries = new[]
            {
                health.Quarantined.Count > 0 ? $"{health.Quarantined.Count} origins are in quarantine: {health.Quarantined[0].Reason}" : null,
                health.Equivocations.Count > 0 ? $"{health.Equivocations.Count} origins have signed two histories, the first of them {health.Equivocations[0].Origin}: revoke them" : null,
                health.Diverged.Count > 0 ? $"{health.Diverged.Count} peers hold different data, the first of them '{health.Diverged[0].Name}' since {health.Diverged[0].Since:u}: {health.Diverged[0].Reason}" : null,
                health.Held.Count > 0 ? $"events of {health.Held.Count} origins are held back for their clocks" : null,
                health.Projection?.Commits > MaxProjectionLag ? $"the graph database is {health.Projection.Commits} commits behind" : null,
            }.OfType<string>().ToList();
            return worries.Count == 0 ? HealthCheckResult.Healthy($"'{hosted.Replica.Name}' is open.", data) : HealthCheckResult.Degraded($"{string.Join("; ", worries)}.", data: data);
        }
        catch (Exception error) when (error is InvalidOperationException or Storage.StoreException)
        {
            return HealthCheckResult.Unhealthy(error.Message, error);
        }
    }
}
