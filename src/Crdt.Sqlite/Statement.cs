using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crdt.Sqlite;

/// <summary>
/// One prepared statement that is used over and over. It works on SQLite's own calls, because a command of ADO.NET boxes
/// every parameter and allocates a reader for every execution.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    /// <summary>Binds bytes, which SQLite copies. No bytes are an empty blob, not a null.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    /// <summary>Moves to the next row; where there is none, the statement is ready to be used again.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        try
        {
            Check(result);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    /// <summary>Executes what returns no rows.</summary>
    public void Run()
    {
        if (Step()) Reset();
    }

    /// <summary>Executes what changes rows, and gives how many it has changed.</summary>
    public int Change()
    {
        Run();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>The first column of the first row as an integer, or null where there is no row or no value.</summary>
    public long? Single()
    {
        if (!Step()) return null;
        long? value = IsNull(0) ? null : Integer(0);
        Reset();
        return value;
    }

    /// <summary>Ends an execution before its last row.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Bytes that stay valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public int Size(int column) => raw.sqlite3_column_bytes(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
