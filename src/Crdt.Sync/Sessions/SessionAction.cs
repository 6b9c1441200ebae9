using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Sessions;

/// <summary>What a session asks its driver to do. The session itself does no I/O.</summary>
internal abstract record SessionAction
{
    private SessionAction()
    {
    }

    /// <summary>Send a frame to the peer.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Frame) : SessionAction;

    /// <summary>Sign a challenge and hand the proof to <see cref="SyncSession.Proven"/>.</summary>
    public sealed record Prove(ReadOnlyMemory<byte> Challenge) : SessionAction;

    /// <summary>Read a slice of the log and hand it to <see cref="LaneExchange.LogRead"/>.</summary>
    public sealed record ReadLog(string Lane, VersionVector After, long Position) : SessionAction;

    /// <summary>Apply events durably and tell <see cref="LaneExchange.Applied"/>.</summary>
    public sealed record Apply(string Lane, IReadOnlyList<ReadOnlyMemory<byte>> Events) : SessionAction;

    /// <summary>Freeze a lane and hand it to <see cref="LaneExchange.Frozen"/>, with what is put aside of the peer's rows.</summary>
    public sealed record Freeze(string Lane) : SessionAction;

    /// <summary>Read rows of the frozen lane by their items and hand them to <see cref="LaneExchange.RowsRead"/>.</summary>
    public sealed record ReadRows(string Lane, IReadOnlyList<ulong> Items) : SessionAction;

    /// <summary>Read rows of the frozen lane by their items, which will be needed when the peer's rows are there. Nothing is to be told.</summary>
    public sealed record ReadAhead(string Lane, IReadOnlyList<ulong> Items) : SessionAction;

    /// <summary>Read a page of the frozen lane and hand it to <see cref="LaneExchange.RowsRead"/>.</summary>
    public sealed record ScanRows(string Lane, EntityId After, int Limit) : SessionAction;

    /// <summary>Put rows of the peer aside and tell <see cref="LaneExchange.RowsStaged"/>.</summary>
    public sealed record Stage(string Lane, IReadOnlyList<StagedRow> Rows) : SessionAction;

    /// <summary>Join what was put aside, in one step, and tell <see cref="LaneExchange.StatesJoined"/>.</summary>
    public sealed record Join(string Lane, LaneSnapshot Own, VersionVector Vector, Stamp Clock, HashSet<ulong> OnlyHere, HashSet<ulong> OnlyThere) : SessionAction;
}
