using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Storage;
using Microsoft.Data.Sqlite;

namespace Crdt.Tests.Sqlite;

/// <summary>A folder for one test's store, which goes with it.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-sqlite-").FullName;

    public string File => System.IO.Path.Combine(_folder, "replica.db");

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public Task<SqliteStore> OpenAsync(GraphSchema? schema = null) => OpenAsync(StoreLimits.Default, schema);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Changes the file of a store that is closed, past the store.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Asserts that the file can't be opened, and is as before. Returns what was said.</summary>
    public async Task<string> RefusedAsync(GraphSchema? schema = null)
    {
        var before = await System.IO.File.ReadAllBytesAsync(File);
        var error = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(schema));
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    internal async Task<SqliteStore> OpenAsync(StoreLimits limits, GraphSchema? schema = null)
    {
        var store = new SqliteStore(File, limits);
        try
        {
            await store.OpenAsync(TestGraph.Offer(schema));
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
