using Crdt.Sync.Sessions;

namespace Crdt.Sync.Gossip;

/// <summary>One attempt to sync with a peer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Session">What the session did; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not. The peer is tried again, at growing intervals.</param>
public sealed record GossipContact(string Peer, SyncResult? Session, Exception? Error)
{
    /// <summary>Whether nothing has changed here since the last contact with the peer, in which it was given everything.</summary>
    internal bool IsRepeated { get; init; }

    /// <summary>Whether lanes were held back. They have not been compared, so there may be news in them.</summary>
    internal bool HasDeferred => Session is not null && Session.Lanes.Values.Any(lane => lane.IsDeferred);

    /// <summary>What it says about whether news still travel.</summary>
    internal ContactOutcome Outcome => Session switch
    {
        null => ContactOutcome.Failed,
        _ when HasDeferred => ContactOutcome.Exchanged,
        { Mode: SyncMode.Equal } => ContactOutcome.Equal,
        // What was sent was sent before. A peer that does not take it, for instance because it finds this replica's clock wrong, would be sent it in every round.
        { Received: { Events: 0, Entities: 0 } } when IsRepeated => ContactOutcome.Equal,
        _ => ContactOutcome.Exchanged,
    };
}
