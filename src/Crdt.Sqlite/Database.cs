using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crdt.Sqlite;

/// <summary>The one connection to a store's file, with the statements that were prepared on it.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly sqlite3 _handle;

    public Database(string path)
    {
        KeepToOwner(path);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        _connection = new SqliteConnection(settings.ToString());
        _connection.Open();
        _handle = _connection.Handle!;
    }

    // It holds the replica's private key. SQLite gives the files beside it the same rights.
    private static void KeepToOwner(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        try
        {
            using var empty = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // SQLite will say better what is wrong with it.
        }
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(_handle, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query that is needed once and returns its first value.</summary>
    public long? Single(string sql)
    {
        using var statement = new Statement(_handle, sql);
        return statement.Single();
    }

    /// <summary>Ends a transaction that failed, where SQLite hasn't ended it already.</summary>
    public void Rollback()
    {
        if (InTransaction) Execute("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _connection.Dispose();
    }
}
