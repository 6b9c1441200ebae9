namespace Crdt.Sync.Lanes;

/// <summary>What a peer may do in a lane of this replica.</summary>
[Flags]
public enum LaneAccess
{
    /// <summary>Neither; it isn't even told that there is the lane.</summary>
    None = 0,

    /// <summary>It is given what is in the lane, and nothing is taken from it.</summary>
    Read = 1,

    /// <summary>What it has in the lane is taken, and it is given nothing.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,

    /// <summary>
    /// It is believed what it says of others: states, in which nothing shows who wrote what, and events that aren't signed. Without this, only signed events are taken from it. For replicas of one's own, and
    /// hubs.
    /// </summary>
    Trusted = 4,
}
