using Crdt.Storage;
using Microsoft.Win32.SafeHandles;

namespace Crdt.Sqlite.Leases;

/// <summary>
/// The file beside a store that tells it from its copies. It is written anew, as another file, at each opening and closing, so that no older
/// copy of it can pass for it; in between the number of every commit is noted in it, without waiting for the disk.
/// </summary>
/// <remarks>
/// <para>The store's half is committed first, while the new file is ready under another name, and then that is renamed; nothing is committed under the
/// id before. A crash before the first step leaves the store and its old lease, which agree; one before the second leaves the new one, which agrees with
/// the store and says that nothing has happened since. What a disk forgets of it when the power fails leaves halves that disagree, and costs
/// an id. So none of these lets two stores go on under one.</para>
/// <para>A note survives the process, and may be lost with the power; it then understates, and tells fewer restored stores.</para>
/// </remarks>
internal sealed class LeaseFile : IDisposable
{
    private const string Suffix = ".lease", FreshSuffix = ".lease.new";

    // The same clock that dates changes in the file system, which no test can move.
    private static readonly TimeProvider FileTime = TimeProvider.System;
    private static readonly TimeSpan ClockAgreement = TimeSpan.FromSeconds(2);

    private readonly string _store;
    private readonly FileMark _storeMark;
    private SafeFileHandle _file;
    private Lease _lease;

    private LeaseFile(string store, FileMark storeMark, StoreLease opened, long revision)
    {
        (_store, _storeMark) = (store, storeMark);
        (_file, _lease) = Prepare(new(opened, false, revision, default, storeMark.Identity, null));
    }

    /// <summary>
    /// Why a store must not go on under its id; null where nobody else can be writing under it. Where a process was killed before it could rename
    /// the lease that it had made ready, that one speaks for the store as well: whoever comes next deletes it before anything else.
    /// </summary>
    public static IncarnationReason? Doubt(string store, StoreLease? kept, long revision, FileMark storeMark)
    {
        var doubt = LeaseReading.Of(store + Suffix).Doubt(kept, revision, storeMark);
        return doubt is null || LeaseReading.Of(store + FreshSuffix).Doubt(kept, revision, storeMark) is null ? null : doubt;
    }

    /// <summary>Makes a lease ready beside the one that is there.</summary>
    /// <exception cref="StoreException">The folder can't be written to.</exception>
    public static LeaseFile Renew(string store, FileMark storeMark, StoreLease opened, long revision) =>
        Explained(store, () => new LeaseFile(store, storeMark, opened, revision));

    /// <summary>Puts it in the place of the one that was there, once the store's half is durable.</summary>
    /// <exception cref="StoreException">It can't be replaced.</exception>
    public void Replace() => Explained(_store, () =>
    {
        File.Move(_store + FreshSuffix, _store + Suffix, overwrite: true);
        return true;
    });

    /// <summary>Notes the number of a commit that is durable. Never fails: without the note, the lease says less.</summary>
    public void Note(long revision)
    {
        try
        {
            _lease = _lease with { Revision = revision, Written = _lease.Written is null ? null : FileTime.GetUtcNow() };
            Write(_file, _lease);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The commit is durable and must not look as if it had failed.
        }
    }

    /// <summary>Says that the store was closed. Never fails: without it, the next opening takes it for killed, which is as good.</summary>
    public void Close()
    {
        try
        {
            _file.Dispose();
            (_file, _lease) = Prepare(_lease with { IsClosed = true });
            _file.Dispose();
            File.Move(_store + FreshSuffix, _store + Suffix, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    public void Dispose() => _file.Dispose();

    private (SafeFileHandle File, Lease Lease) Prepare(Lease lease)
    {
        var path = _store + FreshSuffix;
        File.Delete(path); // What is overwritten would keep its identity.
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var (mark, now) = (FileMark.Of(path), FileTime.GetUtcNow());
            var isComparable = mark.Changed is { } changed && (changed - now).Duration() < ClockAgreement;
            lease = lease with { Self = mark.Identity, Written = isComparable ? now : null };
            Write(file, lease);
            RandomAccess.FlushToDisk(file);
            return (file, lease);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Write(SafeFileHandle file, Lease lease)
    {
        Span<byte> line = stackalloc byte[Lease.MaxSize];
        RandomAccess.Write(file, line[..lease.Format(line)], 0);
    }

    private static T Explained<T>(string store, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"'{store}' can't be opened, because its lease '{store + Suffix}', which tells it from its copies, can't be written: {error.Message} " +
                "Give this user the right to write in that folder.", error);
        }
    }
}
