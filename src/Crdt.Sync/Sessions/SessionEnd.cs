namespace Crdt.Sync.Sessions;

/// <summary>Why a session ended. The numbers are part of the protocol.</summary>
public enum SessionEnd : byte
{
    /// <summary>Both sides have what the other had when the session began.</summary>
    Complete = 0,

    /// <summary>The protocols have different major versions.</summary>
    ProtocolVersion = 1,

    /// <summary>The replicas belong to different graphs, or merge a field differently.</summary>
    SchemaConflict = 2,

    /// <summary>A frame was malformed, or came at the wrong time.</summary>
    Malformed = 3,

    /// <summary>The peer is this replica itself, or a copy that writes under its id.</summary>
    SameReplica = 4,

    /// <summary>The other side could not go on, for instance because its disk is full.</summary>
    Failed = 5,

    /// <summary>Both have applied the same events and hold different data: one of the stores was damaged or changed past the library.</summary>
    Diverged = 6,

    /// <summary>The peer's clock is too far ahead for its states to be taken.</summary>
    ClockAhead = 7,

    /// <summary>More changed during the session than could be kept apart, or another one with the same peer was through sooner; another session goes on from here.</summary>
    Outdated = 8,

    /// <summary>The peer has no rights here, or sent something that it may not write.</summary>
    Forbidden = 9,

    /// <summary>The peer sent an event that isn't by whom it names, or that nobody can tell whether it is.</summary>
    Forged = 10,
}
