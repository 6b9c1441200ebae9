using System.Runtime.CompilerServices;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Shows a replica's data in a Kuzu database: a table for each type, and the watermark in the same transaction as the rows. A
/// file that can't be opened, or doesn't fit the schema, is set aside and begun anew.
/// </summary>
internal sealed class KuzuProjection : IGraphProjection
{
    /// <summary>How many rows go into one statement, and how few at least when memory is short.</summary>
    private const int Chunk = 5_000, SmallestChunk = 100;

    private readonly string _path;
    private readonly KuzuOptions _options;
    private readonly DatabaseFiles _files;
    private Dictionary<uint, TableShape> _tables = [];
    private KuzuDatabase? _database;
    private KuzuConnection? _writer;

    public KuzuProjection(string path, KuzuOptions options, TimeProvider time) =>
        (_path, _options, _files) = (path, options, new(path, time));

    public async ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default)
    {
        _tables = schema.Types.ToDictionary(type => type.Id, type => new TableShape(type));
        return await Task.Run(Open, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Apply(batch), cancellationToken).ConfigureAwait(false);

    public async ValueTask ResetAsync(CancellationToken cancellationToken = default) => await Task.Run(
        () =>
        {
            Close();
            _files.Delete();
            Connect();
            CreateTables();
        },
        cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<GraphRow> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var run = await Task.Run(() => QueryRun.Start(_database!, query, parameters, cancellationToken), cancellationToken).ConfigureAwait(false);
        while (run.Read() is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private long Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(_path)) is { } folder) Directory.CreateDirectory(folder);
        if (_files.Exist && ReadWatermark() is { } watermark) return watermark;
        Close();
        if (_files.Exist) _files.SetAside();
        Connect();
        CreateTables();
        return 0;
    }

    /// <summary>The watermark of the database that is there; null where it can't be trusted.</summary>
    private long? ReadWatermark()
    {
        try
        {
            Connect();
            return WatermarkTable.Read(_writer!, _tables.Values);
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.Locked)
        {
            throw new ProjectionException($"The graph database '{_path}' is open in another process or replica; close it there first.", error);
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.InvalidPath)
        {
            throw new ProjectionException($"There can be no graph database at '{_path}': {error.Message}", error);
        }
        catch (KuzuException)
        {
            // Damaged, of another version, or no database at all: the truth is in the store, so it is made anew.
            return null;
        }
    }

    private void Connect()
    {
        _database = KuzuDatabase.Open(_path, _options);
        _writer = _database.Connect();
    }

    private void Close()
    {
        _writer?.Dispose();
        _database?.Dispose();
        (_writer, _database) = (null, null);
    }

    private void CreateTables()
    {
        // The watermark comes last: a database without one is begun anew.
        foreach (var table in _tables.Values) _writer!.Execute(table.Ddl);
        WatermarkTable.Create(_writer!, _tables.Values);
    }

    private void Apply(ProjectionBatch batch)
    {
        for (var chunk = Chunk; ; chunk /= 4)
        {
            try
            {
                Write(batch, chunk);
                return;
            }
            catch (KuzuException error) when (error.Reason is KuzuErrorReason.BufferPoolFull && chunk > SmallestChunk)
            {
                // It was rolled back as a whole; smaller statements need less memory.
            }
            catch (KuzuException error) when (error.Reason is KuzuErrorReason.CheckpointFailed)
            {
                return; // The batch is durable; only its checkpoint waits for a reader to finish.
            }
            catch (KuzuException error)
            {
                throw new ProjectionException($"The graph database refused a batch: {error.Message}", error);
            }
        }
    }

    private void Write(ProjectionBatch batch, int chunk)
    {
        using var transaction = _writer!.BeginTransaction();
        new BatchWriter(_writer, _tables, chunk).Write(batch);
        WatermarkTable.Write(_writer, batch.Watermark ?? WatermarkTable.Incomplete);
        transaction.Commit();
    }
}
