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
}
