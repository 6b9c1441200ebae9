namespace Crdt.Cli;

/// <summary>What the tool says to scripts when it ends. Documented in <c>docs/cli.md</c>.</summary>
internal enum ExitCode
{
    /// <summary>It is done.</summary>
    Done = 0,

    /// <summary>Something failed that has no code of its own.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>There is no replica there, or it is in use, or its files can't be read.</summary>
    Replica = 3,

    /// <summary>The peer can't be reached, or the way to it broke.</summary>
    Unreachable = 4,

    /// <summary>The peer was reached, and doesn't let this replica in, or can't sync with it.</summary>
    Refused = 5,

    /// <summary>All went well, and what was looked for was found: differences, conflicts, transactions in doubt.</summary>
    Found = 6,

    /// <summary>It was interrupted.</summary>
    Interrupted = 130,
}
