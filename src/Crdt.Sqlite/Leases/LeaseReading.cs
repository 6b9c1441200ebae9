using Crdt.Storage;

namespace Crdt.Sqlite.Leases;

/// <summary>What was found beside a store that is being opened.</summary>
/// <param name="Exists">Whether there was a file.</param>
/// <param name="Lease">What it says; null where that can't be read.</param>
/// <param name="Mark">Which file it is.</param>
internal sealed record LeaseReading(bool Exists, Lease? Lease, FileMark Mark)
{
    /// <summary>How far a write may be from the change that the file system notes of it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    public static LeaseReading Of(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) return new(false, null, default);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> buffer = stackalloc byte[Lease.MaxSize];
            return new(true, Lease.Parse(buffer[..RandomAccess.Read(file, buffer, 0)]), FileMark.Of(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(true, null, default);
        }
    }

    /// <summary>
    /// Why a store must not go on under its id; null where nobody else can be writing under it. The id is kept only if this is the very file that the
    /// last opening put here, and the store the one that was open then, with every commit that was acknowledged.
    /// </summary>
    /// <param name="kept">The store's half; null where it has none.</param>
    /// <param name="revision">The store's last commit.</param>
    /// <param name="store">Which file the store is.</param>
    public IncarnationReason? Doubt(StoreLease? kept, long revision, FileMark store)
    {
        if (kept is null || !Exists) return IncarnationReason.LeaseMissing;
        if (Lease is null) return IncarnationReason.LeaseUnreadable;
        if (Lease.Opened.Place != kept.Value.Place || Lease.Self != Mark.Identity || Lease.Store != store.Identity || WasOverwritten(Lease)) return IncarnationReason.Copied;
        if (Lease.Opened.Opening != kept.Value.Opening) return IncarnationReason.Restored;
        // A process that is killed between a commit and its note leaves a store that is ahead, and never one that is behind.
        return (Lease.IsClosed ? revision == Lease.Revision : revision >= Lease.Revision) ? null : IncarnationReason.Restored;
    }

    /// <summary>
    /// Whether somebody has put other bytes into the file that was there, which keeps its identity. Where it was closed, the lease of any other
    /// time names another file; where it wasn't, or files have no lasting identity, only the time tells.
    /// </summary>
    private bool WasOverwritten(Lease lease) =>
        (!lease.IsClosed || !Mark.IsUnique) && Mark.Changed is { } changed && lease.Written is { } written && (changed - written).Duration() > Tolerance;
}
