using System.Text.Json.Serialization;

namespace Crdt.Cli.Dashboard;

/// <summary>What the dashboard shows, of one moment.</summary>
internal sealed record DashboardState(string Name, string Id, string Graph, DateTimeOffset Time, long Entities, int Conflicts, long Waiting, IReadOnlyList<string> Worries, IReadOnlyList<LaneRow> Lanes, IReadOnlyList<PeerRow> Peers);

/// <summary>A lane of the hub.</summary>
/// <param name="Lane">Its name.</param>
/// <param name="Root">The root of its digests: replicas that agree have the same.</param>
/// <param name="Writes">The vector: how many writes there are of each replica.</param>
internal sealed record LaneRow(string Lane, string Root, IReadOnlyList<WriterRow> Writes);

/// <summary>How far a lane's vector is with one replica.</summary>
internal sealed record WriterRow(string Replica, ulong Count);

/// <summary>A peer that is connected.</summary>
internal sealed record PeerRow(string Peer, string? Name, string? Replica, string? Address, DateTimeOffset Since, int Sessions, string? Mode, long Sent, long Received, long Lag);

/// <summary>Writes it without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DashboardState))]
internal sealed partial class DashboardJson : JsonSerializerContext;
