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
}
