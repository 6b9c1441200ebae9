using Crdt.Codec;
using Crdt.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crdt.Sqlite;

/// <summary>Says in words for people what SQLite's result codes mean for a store.</summary>
internal static class SqliteFault
{
    public static StoreException Describe(string path, SqliteException error) => new(error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => $"'{path}' could not be written, because the disk is full; nothing was changed. Free some space and try again.",
        raw.SQLITE_NOTADB => $"'{path}' is not the store of a replica; it was left as it is. Give the replica another path, or restore the file from a backup.",
        raw.SQLITE_CORRUPT => Damaged(path, error.Message),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"'{path}' is in use by another program: close that one and try again.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"'{path}' may not be written: give this user the right to write the file and its folder.",
        raw.SQLITE_CANTOPEN => $"'{path}' can't be opened: check that it is a file and that this user may read and write it and its folder.",
        raw.SQLITE_IOERR => $"'{path}' could not be read or written, because the disk reported an error; nothing was changed. ({error.Message})",
        _ => $"SQLite refused to work on '{path}'; nothing was changed. ({error.Message})",
    }, error);

    public static string Damaged(string path, string detail) =>
        $"'{path}' is damaged. Move it aside and restore it from a backup, or let the replica start anew and take its data from a peer. ({detail})";

    /// <summary>Runs what SQLite does on the caller's thread, and says in the task what came of it.</summary>
    public static ValueTask<T> Complete<T>(string path, CancellationToken cancellationToken, Func<T> work)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            return ValueTask.FromResult(work());
        }
        catch (SqliteException error)
        {
            return ValueTask.FromException<T>(Describe(path, error));
        }
        catch (WireFormatException error)
        {
            return ValueTask.FromException<T>(new StoreException(Damaged(path, error.Message), error));
        }
        catch (Exception error)
        {
            return ValueTask.FromException<T>(error);
        }
    }

    /// <summary>Runs something large on a thread of the pool, so that the caller's is free meanwhile.</summary>
    public static ValueTask<T> Complete<T>(string path, CancellationToken cancellationToken, bool isLarge, Func<T> work) =>
        isLarge ? new(Task.Run(() => Complete(path, cancellationToken, work).AsTask(), CancellationToken.None)) : Complete(path, cancellationToken, work);

    /// <inheritdoc cref="Complete{T}(string, CancellationToken, Func{T})"/>
    public static ValueTask Complete(string path, CancellationToken cancellationToken, Action work)
    {
        var done = Complete(path, cancellationToken, () =>
        {
            work();
            return true;
        });
        return done.IsCompletedSuccessfully ? ValueTask.CompletedTask : new(done.AsTask());
    }
}
