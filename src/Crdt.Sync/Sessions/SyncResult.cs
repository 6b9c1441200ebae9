namespace Crdt.Sync.Sessions;

/// <summary>What one session did, seen from one side.</summary>
/// <param name="PeerName">The peer's name.</param>
/// <param name="Mode">How much there was to carry.</param>
/// <param name="Sent">What went out.</param>
/// <param name="Received">What came in.</param>
/// <param name="Held">Events of the peer that wait until its clock is right.</param>
/// <param name="Elapsed">From the first frame to the last.</param>
public sealed record SyncResult(string PeerName, SyncMode Mode, Traffic Sent, Traffic Received, int Held, TimeSpan Elapsed);
