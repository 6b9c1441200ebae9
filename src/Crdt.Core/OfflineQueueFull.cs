namespace Crdt;

/// <summary>What becomes of a commit that finds the queue of an offline replica full. Nothing is ever dropped from it.</summary>
public enum OfflineQueueFull
{
    /// <summary>It is refused with an <c>OfflineQueueFullException</c>, and nothing of it is stored.</summary>
    Refuse,

    /// <summary>It waits until a peer has taken over what is queued, the replica goes online, or it is cancelled.</summary>
    Wait,
}
