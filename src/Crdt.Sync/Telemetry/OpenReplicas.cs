using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Crdt.Sync.Telemetry;

/// <summary>The replicas of this process that are open, of which gauges are read.</summary>
internal static class OpenReplicas
{
    private static readonly ConcurrentDictionary<IObservedReplica, bool> All = new();

    static OpenReplicas()
    {
        SyncTelemetry.Observe("crdt.projection.lag", "{commit}", "Commits that the graph database doesn't show yet.", () => Read(replica => replica.ProjectionLag));
        SyncTelemetry.Observe("crdt.queue.operations", "{operation}", "Operations that no peer is known to hold, where they have been counted.", () => Read(replica => replica.QueuedOperations));
        SyncTelemetry.Observe("crdt.quarantine.origins", "{origin}", "Origins one of whose events is malformed.", () => Read(replica => replica.QuarantinedOrigins));
    }

    public static void Add(IObservedReplica replica) => All[replica] = true;

    public static void Remove(IObservedReplica replica) => All.TryRemove(replica, out _);

    private static IEnumerable<Measurement<long>> Read(Func<IObservedReplica, long?> value) =>
        from replica in All.Keys
        let number = value(replica)
        where number is not null
        select new Measurement<long>(number.Value, SyncTelemetry.Of(replica.Name));
}
