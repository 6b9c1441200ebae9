namespace Crdt.Sync.Frames;

/// <summary>What a frame says. The numbers are part of the protocol.</summary>
public enum FrameType : byte
{
    /// <summary>A digest of all that I have: perhaps we are equal.</summary>
    Hello = 1,

    /// <summary>Who I am, what types I know, how far I am.</summary>
    Introduction = 2,

    /// <summary>I end the session, for this reason.</summary>
    Bye = 3,

    /// <summary>What you sent last in this lane is durable here, or put aside; send more.</summary>
    Ack = 4,

    /// <summary>Events of a lane that you lack.</summary>
    Events = 5,

    /// <summary>That was all that I have for you in this lane.</summary>
    Done = 6,

    /// <summary>From here on I speak of the lane as it is at this vector.</summary>
    Freeze = 7,

    /// <summary>Cells of my digests, from which you may work out the difference.</summary>
    Cells = 8,

    /// <summary>Those were not enough.</summary>
    More = 9,

    /// <summary>The hashes of all leaves of my tree.</summary>
    Leaves = 10,

    /// <summary>The leaves that differ from mine.</summary>
    Differing = 11,

    /// <summary>The items of a leaf.</summary>
    Items = 12,

    /// <summary>What the difference is, and which rows of it I need.</summary>
    Difference = 13,

    /// <summary>Rows of the lane as it was when I froze it.</summary>
    Rows = 14,

    /// <summary>I have taken over your state of the lane.</summary>
    Joined = 15,

    /// <summary>Syndromes of my digests, which give away the difference where that is small.</summary>
    Syndromes = 16,

    /// <summary>I stand ready for distributed transactions.</summary>
    Ready = 20,

    /// <summary>A message of two-phase commit.</summary>
    Commit = 21,

    /// <summary>I have so much of a lane, and wait for more of it.</summary>
    Lacks = 22,
}
