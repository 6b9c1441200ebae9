using Crdt.Clocks;

namespace Crdt.Sync.Health;

/// <summary>
/// An origin one of whose events is malformed. What it has written from that event on is refused, from whomever it comes, until a well-formed event of that place, or a
/// state that covers it, comes from anybody.
/// </summary>
/// <param name="Lane">The lane; the origin's events in other lanes are taken.</param>
/// <param name="Origin">In whose name the event was sent. That it made it is not proven.</param>
/// <param name="First">The first of its dots that was not applied here.</param>
/// <param name="Last">The last of its dots, as it says.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Since">When it was refused first.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal.</param>
public sealed record QuarantinedOrigin(string Lane, ReplicaId Origin, ulong First, ulong Last, string Reason, DateTimeOffset Since, int Size, string Sha256)
{
    /// <summary>Whether its bytes are kept; false where those of others take all the room that there is.</summary>
    public bool HasEvidence { get; init; }
}
