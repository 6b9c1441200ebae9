using Crdt.AspNetCore.Authorization;
using Crdt.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Hosting;

/// <summary>Adds the replica of a host, and the hub that others sync with.</summary>
public static class CrdtServiceCollectionExtensions
{
    /// <summary>
    /// Adds a replica that is opened when the host starts and closed when it stops, and kept in step with the peers that the options name. <see cref="HostedReplica"/> gives it to whoever asks.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Says what replica.</param>
    public static IServiceCollection AddCrdtReplica(this IServiceCollection services, Action<CrdtReplicaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<CrdtReplicaOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CrdtReplicaOptions>, CrdtReplicaOptionsValidator>());
        if (services.Any(service => service.ServiceType == typeof(HostedReplica))) return services;
        services.AddSingleton<HostedReplica>();
        services.AddHostedService(provider => provider.GetRequiredService<HostedReplica>());
        services.AddHostedService<PeerSync>();
        return services;
    }

    /// <summary>
    /// Adds a hub: a replica, which needs no classes and learns the types of whoever syncs with it, and what <see cref="CrdtEndpointRouteBuilderExtensions.MapCrdtSync"/> needs to let others in. By default
    /// nobody is: add authentication, and give rights by claims or policies.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Says what replica.</param>
    /// <param name="secure">Says who is let in, and how much of it.</param>
    public static IServiceCollection AddCrdtHub(this IServiceCollection services, Action<CrdtReplicaOptions> configure, Action<CrdtHubOptions>? secure = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddCrdtReplica(options =>
        {
            options.LearnsTypes = true;
            configure(options);
        });
        services.AddOptions<CrdtHubOptions>().Configure(secure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CrdtHubOptions>, CrdtHubOptionsValidator>());
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ClaimedAccess>());
        services.TryAddSingleton<LaneAuthorization>();
        services.TryAddSingleton<PeerQuotas>();
        services.TryAddSingleton<ConnectedPeers>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SyncEndpoint>();
        return services;
    }
}
