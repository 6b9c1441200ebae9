using System.Runtime.CompilerServices;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Shows a replica's data in a Kuzu database: a table for each type, and the watermark in the same transaction as the rows. A
/// file that can't be opened, or doesn't fit the schema, is set aside and begun anew.
/// </summary>
internal sealed partial class KuzuProjection : IGraphProjection
{
    private readonly string _path;
    private readonly KuzuOptions _options;
    private readonly DatabaseFiles _files;
    private readonly Seal _seal;
    private DatabaseLease? _lease;
    private Dictionary<uint, TableShape> _tables = [];
    private readonly TableSizes _sizes = new();
    private readonly VersionMemory _versions = new();
    private KuzuDatabase? _database;
    private KuzuConnection? _writer;

    /// <param name="path">The database file.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="time">Where the time is read that names what is set aside.</param>
    /// <param name="mayBeWritten">Whether others may write to it.</param>
    public KuzuProjection(string path, KuzuOptions options, TimeProvider time, bool mayBeWritten) =>
        (_path, _options, _files, _seal) = (path, options, new(path, time), new(path, mayBeWritten));

    public async ValueTask<long> OpenAsync(GraphSchema schema, CancellationToken cancellationToken = default)
    {
        _tables = schema.Types.ToDictionary(type => type.Id, type => new TableShape(type));
        return await Task.Run(() => Guarded(Open), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ResetAsync(CancellationToken cancellationToken = default)
    {
        // Where somebody reads on and on, the database says that it is in use.
        var isShut = await _gate.TryShutAsync(Patience).ConfigureAwait(false);
        try
        {
            await Task.Run(() => Guarded(Reset), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isShut) _gate.Open();
        }
    }

    public async IAsyncEnumerable<GraphResult> QueryAsync(
        string query, IReadOnlyDictionary<string, object?>? parameters = null, TimeSpan? timeout = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var statements = CypherText.Split(query, parameters?.Keys ?? []);
        using var passage = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        using var run = await Task.Run(() => new QueryRun(Database, statements, parameters, timeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        while (await Task.Run(run.Next, cancellationToken).ConfigureAwait(false) is { } result) yield return result;
    }

    public async ValueTask DisposeAsync() => await Task.Run(Shut).ConfigureAwait(false);

    private KuzuDatabase Database => _database ?? throw new ProjectionException($"The graph database '{_path}' is not open.");

    private KuzuConnection Writer => _writer ?? throw new ProjectionException($"The graph database '{_path}' is not open.");

    /// <summary>Runs what opens or begins a database, and says so where it fails.</summary>
    private long Guarded(Func<long> open)
    {
        try
        {
            return open();
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.Locked)
        {
            Close();
            if (_lease is not null) Quietly(_seal.MarkShared); // It was not opened, so nothing that happens is its fault.
            throw new ProjectionException($"The graph database '{_path}' is open in another process or replica, or a query still reads it; close it there first.", error) { IsInUse = true };
        }
        catch (Exception error) when (error is KuzuException or IOException or UnauthorizedAccessException)
        {
            Close();
            throw new ProjectionException($"There can be no graph database at '{_path}': {error.Message}", error);
        }
    }

    private void Guarded(Action work) => Guarded(() =>
    {
        work();
        return 0L;
    });

    private long Reset()
    {
        Close();
        KuzuDatabase.RequireFree(_path);
        if (_seal.IsWritten || _seal.IsUncertain) _files.SetAside();
        else _files.Delete();
        _seal.Remove();
        return Begin();
    }

    private long Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(_path)) is { } folder) Directory.CreateDirectory(folder);
        _lease ??= DatabaseLease.Take(_path);
        Doubt = null;
        if (!_files.Exist) return Begin();

        // Whoever has it open without a lease, as a tool of the engine's does, must not lose it.
        KuzuDatabase.RequireFree(_path);
        Doubt = _seal.Doubt();
        // What it had refused would be overwritten by what it had committed, which is shown first, and nobody was told.
        if (_seal.IsInterrupted) _files.Copy();
        if (Doubt is null && ReadWatermark() is { } watermark) return watermark;
        Close();
        Doubt = $"{Doubt}; it was set aside as '{_files.SetAside()}'";
        _seal.Remove();
        return Begin();
    }

    /// <summary>The watermark of the database that is there; null where it can't be trusted, with the reason in <see cref="Doubt"/>.</summary>
    private long? ReadWatermark()
    {
        try
        {
            _seal.MarkOpening();
            Connect();
            if ((WatermarkTable.Read(_writer!, _tables.Values) ?? Migrate()) is not { } watermark)
            {
                Doubt = "it has other tables than the schema's types, or was made by something else";
                return null;
            }

            ResumeMigration();
            Origin = WatermarkTable.ReadOrigin(Writer);
            if (Migration is not null && _seal.IsWritten)
            {
                Doubt = "others have written to it while its schema was being changed, which can't be told from what it doesn't show yet";
                return null;
            }

            if (!_seal.IsIntact) ReadThrough();
            if (_seal.IsWritten) _seal.MarkWritten();
            return watermark;
        }
        catch (Exception error) when (error is InvalidCastException or KuzuException { Reason: not (KuzuErrorReason.Locked or KuzuErrorReason.InvalidPath) })
        {
            // Damaged, of another version, or no database at all: the truth is in the store, so it is made anew.
            Doubt = $"it can't be opened: {error.Message}";
            return null;
        }
        catch (Exception error) when (error is not KuzuException { Reason: KuzuErrorReason.Locked })
        {
            // No engine, or options that can't be: that says nothing against the file.
            Close();
            Quietly(_seal.Restore);
            throw;
        }
    }

    /// <summary>Lets the engine meet damage, which can end the process, while the seal still tells that this is an opening.</summary>
    private void ReadThrough()
    {
        foreach (var table in _tables.Values)
        {
            using var reader = new TableReader(_database!, table);
            try
            {
                reader.ReadThrough();
            }
            catch (KuzuException error) when (error.Reason is KuzuErrorReason.BufferPoolFull)
            {
                // Values that need more memory than the pool has say nothing against the file.
            }
        }
    }

    private void Shut()
    {
        var wasOpen = _database is not null;
        try
        {
            var isWritten = _seal.IsWritten;
            if (wasOpen) Quietly(_seal.MarkClosing);
            Close();
            // Where a query still reads, the engine closes the file with it, and nothing can be said of it yet.
            if (wasOpen && isWritten) Quietly(_seal.MarkWritten);
            else if (wasOpen && KuzuDatabase.IsFree(_path)) _seal.MarkClosed();
            else if (wasOpen) Quietly(_seal.MarkOpen);
        }
        finally
        {
            _lease?.Dispose();
            _lease = null;
        }
    }

    private static void Quietly(Action access)
    {
        try
        {
            access();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The error at hand says more.
        }
    }

    /// <summary>Makes a database without rows, whose watermark is 0.</summary>
    private long Begin()
    {
        (Migration, Origin) = (null, null);
        Connect();
        // The watermark comes last: a database without one is begun anew.
        foreach (var table in _tables.Values) _writer!.Execute(table.Ddl);
        WatermarkTable.Create(_writer!, _tables.Values);
        _seal.MarkOpen();
        return 0;
    }
}
