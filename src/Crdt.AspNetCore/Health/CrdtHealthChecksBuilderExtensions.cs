using Microsoft.Extensions.DependencyInjection;

namespace Crdt.AspNetCore.Health;

/// <summary>Adds the health of the host's replica.</summary>
public static class CrdtHealthChecksBuilderExtensions
{
    /// <summary>Adds a check named <c>crdt</c>, with the tag <c>ready</c>: see <see cref="ReplicaHealthCheck"/>.</summary>
    /// <param name="checks">The checks of the host.</param>
    public static IHealthChecksBuilder AddCrdtReplica(this IHealthChecksBuilder checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.AddCheck<ReplicaHealthCheck>("crdt", tags: ["ready"]);
    }
}
