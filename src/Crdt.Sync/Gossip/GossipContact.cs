using Crdt.Sync.Sessions;

namespace Crdt.Sync.Gossip;

/// <summary>One attempt to sync with a peer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Session">What the session did; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not. The peer is tried again, at growing intervals.</param>
public sealed record GossipContact(string Peer, SyncResult? Session, Exception? Error)
{
    /// <summary>What it says about whether news still travel.</summary>
    internal ContactOutcome Outcome => Session switch
    {
        null => ContactOutcome.Failed,
        // Lanes that were held back have not been compared, so there may be news in them.
        { Mode: SyncMode.Equal } equal when equal.Lanes.Values.All(lane => !lane.IsDeferred) => ContactOutcome.Equal,
        _ => ContactOutcome.Exchanged,
    };
}
