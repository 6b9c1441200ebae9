using Crdt.Sync.Lanes;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Says at the start of the host what makes no sense.</summary>
internal sealed class CrdtHubOptionsValidator : IValidateOptions<CrdtHubOptions>
{
    public ValidateOptionsResult Validate(string? name, CrdtHubOptions options)
    {
        var failures = new List<string>();
        foreach (var origin in options.AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin.ToLowerInvariant())
                failures.Add($"{nameof(options.AllowedOrigins)}: '{origin}' is no origin; one has a scheme, a host and perhaps a port, and nothing behind, as in https://shop.example.org.");
        }

        foreach (var (lane, direction) in options.Policies.Keys)
        {
            if (direction is not (LaneAccess.Read or LaneAccess.Write or LaneAccess.Trusted)) failures.Add($"{nameof(options.Policies)}: a policy is for {LaneAccess.Read}, {LaneAccess.Write} or {LaneAccess.Trusted}, and that of '{lane}' is for {direction}.");
        }

        foreach (var (number, option) in new[]
        {
            (options.MaxConnections, nameof(options.MaxConnections)), (options.MaxConnectionsPerPeer, nameof(options.MaxConnectionsPerPeer)),
            (options.MaxConnectsPerMinute, nameof(options.MaxConnectsPerMinute)), (Math.Sign(options.MaxBytesPerMinute), nameof(options.MaxBytesPerMinute)), (Math.Sign(options.Patience.Ticks), nameof(options.Patience)), (Math.Sign(options.StandingInterval.Ticks), nameof(options.StandingInterval)),
        })
        {
            if (number <= 0) failures.Add($"{option} has to be positive.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
