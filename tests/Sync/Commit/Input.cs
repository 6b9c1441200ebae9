namespace Crdt.Tests.Sync.Commit;

/// <summary>What can happen to a site.</summary>
internal enum Input
{
    /// <summary>From here on: the message of that number arrives.</summary>
    Message = 0,

    Write = 128,
    WriteFails,
    Valid,
    Invalid,
    Timer,

    /// <summary>The coordinator asks for votes in its next transaction, when this one is gone.</summary>
    NextTransaction,

    /// <summary>From here on: a crash after so many writes.</summary>
    Crash = 140,

    /// <summary>From here on: a copy of so many records goes on.</summary>
    Restore = 160,
}
