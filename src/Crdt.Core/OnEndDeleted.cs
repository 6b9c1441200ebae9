namespace Crdt;

/// <summary>What becomes of a relationship when a node that it connects is deleted. In each case it isn't shown while one of them is gone. The numbers are part of the wire format.</summary>
public enum OnEndDeleted
{
    /// <summary>It is hidden, and comes back with the node.</summary>
    Hide = 0,

    /// <summary>It is deleted in the same event. One that is connected concurrently is hidden, and comes back with the node.</summary>
    Cascade = 1,

    /// <summary>
    /// Connecting renews both nodes, so that deleting one concurrently doesn't orphan it: the node comes back with its fields. It takes types of node for
    /// which updates win. Deleting a node that was seen connected hides the relationship.
    /// </summary>
    Restore = 2,
}
