using System.Text.Json.Serialization;

namespace Crdt.AspNetCore.Authentication;

/// <summary>What the file of a register holds.</summary>
internal sealed record PeerList(IReadOnlyList<RegisteredPeer> Peers, IReadOnlyList<Invitation> Invitations)
{
    public static PeerList Empty { get; } = new([], []);
}

/// <summary>Reads and writes it without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerList))]
[JsonSerializable(typeof(EnrollmentRequest))]
[JsonSerializable(typeof(EnrollmentAnswer))]
internal sealed partial class PeerListJson : JsonSerializerContext;
