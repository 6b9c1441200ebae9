namespace Crdt.Sqlite;

/// <summary>
/// How a store's file is laid out. Rows of entities are appended in the order in which they come, whatever their ids;
/// <see cref="EntityIndex"/> finds them.
/// </summary>
internal static class Layout
{
    /// <summary>Counts the incompatible changes of this layout.</summary>
    public const long Format = 3;

    /// <summary>Marks the file as a replica's store in SQLite's own header: "CRDT".</summary>
    public const long ApplicationId = 0x4352_4454;

    /// <summary>A change is numbered by its commit's revision above this many bits of its place in the commit.</summary>
    public const int ChangeBits = 24;

    /// <summary>An event is numbered by its lane above this many bits of its place in the lane's log.</summary>
    public const int EventBits = 48;

    /// <summary>Settings that change nothing in the file, for before it is known to be a store.</summary>
    public const string Connect =
        """
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA busy_timeout = 250;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = OFF;
        """;

    /// <summary>Pages of 8 KiB, which hold more keys to a write than SQLite's usual 4: a seventh faster in bulk.</summary>
    public const string Found = "PRAGMA page_size = 8192;";

    /// <summary>
    /// What makes a commit durable. The log is written back at 64 MiB and kept at that length: overwriting a file is several
    /// times as fast as extending it.
    /// </summary>
    public const string Durable =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 8000;
        PRAGMA journal_size_limit = 134217728;
        """;

    public const string Tables =
        """
        PRAGMA application_id = 0x43524454;
        CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE lane(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, vector BLOB NOT NULL);
        CREATE TABLE event(at INTEGER PRIMARY KEY, origin BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, bytes BLOB NOT NULL, lane INTEGER NOT NULL);
        CREATE INDEX event_by_origin ON event(lane, origin, last);
        CREATE TABLE entity(row INTEGER PRIMARY KEY, id BLOB NOT NULL, alive INTEGER NOT NULL, conflict INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE INDEX entity_in_conflict ON entity(id) WHERE conflict = 1;
        CREATE TABLE settled(key BLOB PRIMARY KEY, row INTEGER) WITHOUT ROWID;
        CREATE TABLE change(at INTEGER PRIMARY KEY, was_alive INTEGER NOT NULL, id BLOB NOT NULL);
        """;

    /// <summary>What format 2 added: notes, rows that are put aside, and floors of logs, which an earlier version would not heed.</summary>
    public const string Additions =
        """
        CREATE TABLE note(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE staged(stage TEXT NOT NULL, id BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY(stage, id)) WITHOUT ROWID;
        ALTER TABLE lane ADD COLUMN floor BLOB;
        """;

    /// <summary>What format 3 added: which entities have a value of a unique field. An earlier version would not keep it.</summary>
    public const string Claims = "CREATE TABLE claim(value BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY(value, row)) WITHOUT ROWID;";

    public const string Recent = "CREATE TEMP TABLE recent(key BLOB PRIMARY KEY, row INTEGER) WITHOUT ROWID";
}
