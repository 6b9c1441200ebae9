namespace Crdt.Sync.Live;

/// <summary>Why a link stopped passing on events.</summary>
internal enum LiveEnd
{
    /// <summary>The peer has closed the way.</summary>
    Closed,

    /// <summary>The peer begins a session.</summary>
    Greeted,

    /// <summary>This side wants one: it is time, or something can't be passed on event by event.</summary>
    Due,
}
