namespace Crdt.Sync.Sessions;

/// <summary>What a frame says. The numbers are part of the protocol.</summary>
public enum FrameType : byte
{
    /// <summary>Who I am, what I know of, how far I am.</summary>
    Hello = 1,

    /// <summary>Events of a lane that you lack.</summary>
    Events = 2,

    /// <summary>What you sent is durable here, up to this vector.</summary>
    Ack = 3,

    /// <summary>That was all that I have for you in this lane.</summary>
    Done = 4,

    /// <summary>I end the session, for this reason.</summary>
    Bye = 5,
}
