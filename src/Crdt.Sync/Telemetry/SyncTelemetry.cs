using System.Diagnostics;
using System.Diagnostics.Metrics;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Telemetry;

/// <summary>
/// What replicas of this process measure of themselves, for whatever listens: OpenTelemetry, <c>dotnet-counters</c>, or nothing, which costs next to nothing. <c>docs/telemetry.md</c> lists the instruments with
/// their units; the names keep to the conventions of OpenTelemetry.
/// </summary>
public static class SyncTelemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "Crdt.Sync";

    private const string Replica = "crdt.replica", Direction = "crdt.direction", Tier = "crdt.tier", Outcome = "crdt.outcome", Sent = "sent", Received = "received";
    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Activities = new(Name);
    private static readonly Counter<long> Sessions = Meter.CreateCounter<long>("crdt.sync.sessions", "{session}", "Sessions that ended, by how.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("crdt.sync.session.duration", "s", "From the first frame of a session to the last.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("crdt.sync.bytes", "By", "Bytes of frames on the wire, by the tier of the session.");
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("crdt.sync.events", "{event}", "Events that were carried.");
    private static readonly Counter<long> Entities = Meter.CreateCounter<long>("crdt.sync.entities", "{entity}", "Entities that were carried as states.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("crdt.sync.conflicts", "{conflict}", "Conflicts that came of what was taken over.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("crdt.sync.rejected", "{event}", "Events that were refused, because they are malformed or follow one that is.");
    private static readonly Counter<long> Held = Meter.CreateCounter<long>("crdt.sync.held", "{event}", "Events that were held back for their clock.");
    private static readonly UpDownCounter<long> Links = Meter.CreateUpDownCounter<long>("crdt.live.links", "{link}", "Ways that stay open now.");
    private static readonly Counter<long> Content = Meter.CreateCounter<long>("crdt.compression.content", "By", "Bytes that were to be compressed; divided by crdt.compression.compressed it is the ratio.");
    private static readonly Counter<long> Compressed = Meter.CreateCounter<long>("crdt.compression.compressed", "By", "Bytes that came of it.");

    /// <summary>Begins what one session is seen as from outside.</summary>
    internal static Activity? BeginSession(string replica, string? peer)
    {
        var activity = Activities.StartActivity("crdt.session", ActivityKind.Client);
        activity?.SetTag(Replica, replica).SetTag("crdt.peer", peer);
        return activity;
    }

    /// <summary>A session is complete.</summary>
    internal static void Ended(string replica, SyncResult result, Activity? activity)
    {
        var (name, tier) = (Tag(Replica, replica), Tag(Tier, result.Mode.ToString()));
        Sessions.Add(1, name, tier, Tag(Outcome, nameof(SessionEnd.Complete)));
        Duration.Record(result.Elapsed.TotalSeconds, name, tier);
        Carried(replica, result.Sent, Sent, tier);
        Carried(replica, result.Received, Received, tier);
        if (result.ConflictsResolved > 0) Conflicts.Add(result.ConflictsResolved, name);
        LeftOut(replica, result.Held, result.Refused);
        activity?.SetTag(Tier, result.Mode.ToString()).SetTag("crdt.events.received", result.Received.Events).SetTag("crdt.events.sent", result.Sent.Events).SetStatus(ActivityStatusCode.Ok);
    }

    /// <summary>A session ended early.</summary>
    internal static void Failed(string replica, Exception error, Activity? activity)
    {
        var outcome = error is SessionException session ? session.Reason.ToString() : error.GetType().Name;
        Sessions.Add(1, Tag(Replica, replica), Tag(Outcome, outcome));
        activity?.SetTag(Outcome, outcome).SetStatus(ActivityStatusCode.Error, error.Message);
    }

    /// <summary>A way stays open from here on (1), or no longer (−1).</summary>
    internal static void Link(string replica, int change) => Links.Add(change, Tag(Replica, replica));

    /// <summary>Events were passed on, or came, between sessions.</summary>
    internal static void PassedOn(string replica, bool isSent, int events, int bytes)
    {
        var (name, direction) = (Tag(Replica, replica), Tag(Direction, isSent ? Sent : Received));
        Events.Add(events, name, direction);
        Bytes.Add(bytes, name, direction, Tag(Tier, "Live"));
    }

    /// <summary>Events were not taken.</summary>
    internal static void LeftOut(string replica, int held, int refused)
    {
        if (held > 0) Held.Add(held, Tag(Replica, replica));
        if (refused > 0) Rejected.Add(refused, Tag(Replica, replica));
    }

    /// <summary>Something was compressed, or found not to shrink.</summary>
    internal static void Compress(int content, int compressed)
    {
        Content.Add(content);
        Compressed.Add(compressed);
    }

    /// <summary>Lets something be asked for of all replicas that are open.</summary>
    internal static void Observe(string instrument, string unit, string description, Func<IEnumerable<Measurement<long>>> read) => Meter.CreateObservableGauge(instrument, read, unit, description);

    /// <summary>What a replica's measurement is marked with.</summary>
    internal static KeyValuePair<string, object?> Of(string replica) => Tag(Replica, replica);

    private static void Carried(string replica, Traffic traffic, string direction, KeyValuePair<string, object?> tier)
    {
        var (name, way) = (Tag(Replica, replica), Tag(Direction, direction));
        Bytes.Add(traffic.Bytes, name, way, tier);
        if (traffic.Events > 0) Events.Add(traffic.Events, name, way);
        if (traffic.Entities > 0) Entities.Add(traffic.Entities, name, way);
    }

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
