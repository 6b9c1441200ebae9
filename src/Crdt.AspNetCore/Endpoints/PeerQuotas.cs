using System.Threading.RateLimiting;
using Crdt.Codec;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>How many connections and bytes there may be, in all and by peer.</summary>
internal sealed class PeerQuotas : IDisposable
{
    private const int Unit = 1024;
    private readonly ConcurrencyLimiter _all;
    private readonly PartitionedRateLimiter<string> _connections;
    private readonly PartitionedRateLimiter<string> _connects;
    private readonly PartitionedRateLimiter<string> _bytes;

    public PeerQuotas(IOptions<CrdtHubOptions> options)
    {
        var hub = options.Value;
        _all = new(new() { PermitLimit = hub.MaxConnections });
        _connections = PartitionedRateLimiter.Create<string, string>(peer => RateLimitPartition.GetConcurrencyLimiter(peer, _ => new() { PermitLimit = hub.MaxConnectionsPerPeer }));
        _connects = PartitionedRateLimiter.Create<string, string>(peer => RateLimitPartition.GetSlidingWindowLimiter(peer, _ => new() { PermitLimit = hub.MaxConnectsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        var units = (int)Math.Clamp(hub.MaxBytesPerMinute / Unit, WireLimits.Frame / Unit, int.MaxValue);
        _bytes = PartitionedRateLimiter.Create<string, string>(peer => RateLimitPartition.GetTokenBucketLimiter(peer, _ => new()
        {
            TokenLimit = units,
            TokensPerPeriod = Math.Max(1, units / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = int.MaxValue,
        }));
    }

    /// <summary>Takes room for one connection of a peer, which whoever disposes it gives back; otherwise the reason to refuse it.</summary>
    public (IDisposable? Room, Refusal? Refusal) Enter(string peer)
    {
        using var connect = _connects.AttemptAcquire(peer);
        if (!connect.IsAcquired) return (null, Refusal.TooOften);
        var (one, all) = (_connections.AttemptAcquire(peer), _all.AttemptAcquire());
        if (one.IsAcquired && all.IsAcquired) return (new Room(one, all), null);
        var refusal = one.IsAcquired ? Refusal.Full : Refusal.TooManyConnections;
        new Room(one, all).Dispose();
        return (null, refusal);
    }

    /// <summary>Waits until a peer may have sent so many bytes.</summary>
    public async ValueTask SpendAsync(string peer, int bytes, CancellationToken cancellationToken)
    {
        using var spent = await _bytes.AcquireAsync(peer, (bytes + Unit - 1) / Unit, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _all.Dispose();
        _connections.Dispose();
        _connects.Dispose();
        _bytes.Dispose();
    }

    private sealed class Room(RateLimitLease one, RateLimitLease all) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            all.Dispose();
        }
    }
}
