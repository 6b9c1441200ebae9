namespace Crdt.Sync.Gossip;

/// <summary>What came of contacting a peer.</summary>
internal enum ContactOutcome
{
    /// <summary>Both had the same already.</summary>
    Equal,

    /// <summary>Something was carried, either way.</summary>
    Exchanged,

    /// <summary>The peer was not reached, or the session broke.</summary>
    Failed,
}
