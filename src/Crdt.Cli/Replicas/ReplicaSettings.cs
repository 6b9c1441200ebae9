using System.Text.Json.Serialization;

namespace Crdt.Cli.Replicas;

/// <summary>What the tool has to know to open a replica again, as it stands in <c>crdt.json</c>.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Graph">What the graph is called.</param>
/// <param name="HasGraphDatabase">Whether a Kuzu database shows it.</param>
internal sealed record ReplicaSettings(string Name, string Graph, bool HasGraphDatabase);

/// <summary>Reads and writes the files of the tool.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplicaSettings))]
[JsonSerializable(typeof(Dictionary<string, Hubs.KnownHub>))]
internal sealed partial class ToolJson : JsonSerializerContext;
