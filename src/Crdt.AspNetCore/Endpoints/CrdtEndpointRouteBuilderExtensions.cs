using System.Diagnostics.CodeAnalysis;
using Crdt.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Maps the endpoint at which replicas sync.</summary>
public static partial class CrdtEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoint at which replicas sync with that of the host, by WebSocket. Who connects has to be authenticated, by whatever scheme the application has, and has the rights that
    /// <see cref="CrdtHubOptions"/> says; <c>UseWebSockets</c> has to stand before it.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>What further conventions are added to, as for any endpoint: hosts, policies, rate limits.</returns>
    /// <exception cref="InvalidOperationException">There is no <c>AddCrdtHub</c> among the services.</exception>
    public static IEndpointConventionBuilder MapCrdtSync(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/sync")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        if (services.GetService<SyncEndpoint>() is not { } endpoint)
            throw new InvalidOperationException($"{nameof(MapCrdtSync)} needs services.AddCrdtHub(…), which says what replica there is and who is let in.");
        RequestDelegate handle = endpoint.HandleAsync;
        var builder = endpoints.Map(pattern, handle).WithDisplayName($"Crdt sync {pattern}");
        if (!services.GetRequiredService<IOptions<CrdtHubOptions>>().Value.AllowsAnonymousForDevelopment) return builder.RequireAuthorization();
        LogAnonymous(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SyncEndpoint)), pattern);
        return builder.AllowAnonymous();
    }

    /// <summary>
    /// Maps the endpoint at which a peer exchanges a one-time code for a token: a POST of <c>{"code": "…", "publicKey": "…", "signature": "…"}</c>, which is answered by <see cref="EnrollmentAnswer"/> in JSON. A replica that
    /// signs proves its key with <see cref="Crdt.Sync.GraphReplica.ProveIdentityAsync"/> of the code, both in Base64, and the token is for it alone; others leave that out. It is open to everybody, since a code
    /// has 98 random bits, holds for minutes and can be used once.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="register">Where the codes and the peers stand.</param>
    /// <param name="pattern">The path.</param>
    public static IEndpointConventionBuilder MapCrdtEnrollment(this IEndpointRouteBuilder endpoints, PeerRegister register, [StringSyntax("Route")] string pattern = "/sync/enroll")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(register);
        RequestDelegate handle = ActivatorUtilities.CreateInstance<EnrollmentEndpoint>(endpoints.ServiceProvider, register).HandleAsync;
        return endpoints.MapMethods(pattern, [HttpMethods.Post], handle).WithDisplayName($"Crdt enrollment {pattern}").AllowAnonymous();
    }

    [LoggerMessage(EventId = 34, Level = LogLevel.Warning, Message = "WHOEVER REACHES {Pattern} MAY READ AND WRITE EVERYTHING, since AllowsAnonymousForDevelopment is set. That is for trying things out on one machine only.")]
    private static partial void LogAnonymous(ILogger logger, string pattern);
}
