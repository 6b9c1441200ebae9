using Crdt.Clocks;

namespace Crdt.Sync.Sessions;

/// <summary>What a session asks its driver to do. The session itself does no I/O.</summary>
public abstract record SessionAction
{
    private SessionAction()
    {
    }

    /// <summary>Send a frame to the peer.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Frame) : SessionAction;

    /// <summary>Read a slice of the log and hand it to <see cref="SyncSession.LogRead"/>.</summary>
    public sealed record ReadLog(string Lane, VersionVector After, long Position) : SessionAction;

    /// <summary>Apply events durably and hand the outcome to <see cref="SyncSession.Applied"/>.</summary>
    public sealed record Apply(string Lane, IReadOnlyList<ReadOnlyMemory<byte>> Events) : SessionAction;
}
