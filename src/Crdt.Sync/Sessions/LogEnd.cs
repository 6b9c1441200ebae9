namespace Crdt.Sync.Sessions;

/// <summary>How what one side had to send of a lane's log has ended.</summary>
public enum LogEnd
{
    /// <summary>With all that its introduction spoke of.</summary>
    Whole = 0,

    /// <summary>Without something that the reader wouldn't believe, as unsigned events, or the beginning of a run of which the rest hasn't come here yet.</summary>
    KeptBack = 1,

    /// <summary>Without something that was cut off meanwhile: another session brings it as states.</summary>
    CutOff = 2,
}
