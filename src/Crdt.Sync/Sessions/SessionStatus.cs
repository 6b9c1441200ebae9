namespace Crdt.Sync.Sessions;

/// <summary>Where a session stands.</summary>
public enum SessionStatus
{
    /// <summary>Nothing was said yet, or the peer's hello is awaited.</summary>
    Connecting,

    /// <summary>The peer was greeted and events travel.</summary>
    Established,

    /// <summary>Everything was exchanged.</summary>
    Complete,

    /// <summary>The session ended before that; the reason can be read.</summary>
    Failed,
}
