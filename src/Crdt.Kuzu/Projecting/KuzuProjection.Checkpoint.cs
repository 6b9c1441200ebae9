using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Moves the log into the file, and old versions out of memory, by closing the database and opening it again. The engine's own checkpoint in an open
/// database leaves it in a state in which relationships that come and go end the process.
/// </summary>
internal sealed partial class KuzuProjection
{
    /// <summary>How long those who read are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How many times as large the pool may become to open a database that its own can't.</summary>
    private const ulong MostRoom = 16;

    private readonly ReadGate _gate = new();
    private ulong _longestLog;
    private long _mostVersions;

    /// <summary>Which share of the pool may hold old versions: closing needs room as well, and so do queries.</summary>
    private long VersionThreshold => (long)(_options.BufferPoolSize / 3);

    /// <summary>
    /// Checkpoints where the log has become long, or much of the pool holds old versions. If somebody goes on reading, or the database can't be closed and opened, a later batch
    /// tries again: the batch at hand is durable, so that must not fail it.
    /// </summary>
    private async ValueTask CheckpointAsync()
    {
        var log = LogLength();
        var isDue = log >= Math.Max(_longestLog, _options.CheckpointThreshold) || _versions.Bytes >= Math.Max(_mostVersions, VersionThreshold);
        if (!_options.AutoCheckpoint || !isDue) return;
        (_longestLog, _mostVersions) = (2 * log, 2 * _versions.Bytes);
        try
        {
            if (await TryReopenAsync().ConfigureAwait(false)) (_longestLog, _mostVersions) = (0, 0);
        }
        catch (ProjectionException)
        {
            // The next batch opens it, or tells why it can't.
        }
    }

    /// <summary>
    /// Closes the database and opens it again, unless somebody goes on reading it. The seal stays as it is: a process that is killed
    /// meanwhile leaves what the engine recovers from, as it would after a checkpoint of its own.
    /// </summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="ProjectionException">It is closed, and can't be opened.</exception>
    private async ValueTask<bool> TryReopenAsync()
    {
        if (!await _gate.TryShutAsync(Patience).ConfigureAwait(false)) return false;
        try
        {
            await Task.Run(() =>
            {
                Close();
                Reopen();
            }).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Open();
        }
    }

    private ulong LogLength() => new FileInfo(_path + ".wal") is { Exists: true } log ? (ulong)log.Length : 0;

    /// <summary>Opens the database that a checkpoint closed.</summary>
    /// <exception cref="ProjectionException">It can't be opened, or isn't the one that was closed.</exception>
    private void Reopen() => Guarded(() =>
    {
        Connect();
        if (WatermarkTable.Read(Writer, _tables.Values) is null)
        {
            Close();
            throw new ProjectionException($"The graph database '{_path}' was replaced or changed while it was open; rebuild it.");
        }
    });

    /// <summary>
    /// Opens the database. What its log holds is played back into the pool, and where a process ended before a checkpoint it can be more than the pool has room
    /// for: then it is opened in more room first, for as long as it takes to close it, which moves the log into the file.
    /// </summary>
    private void Connect()
    {
        if (TryConnect(_options.BufferPoolSize) is not { } error) return;
        for (var room = 4UL; room <= MostRoom; room *= 4)
        {
            Close();
            if (TryConnect(room * _options.BufferPoolSize) is not null) continue;
            Close();
            error = TryConnect(_options.BufferPoolSize);
            break;
        }

        if (error is null) return;
        Close();
        throw error;
    }

    private KuzuException? TryConnect(ulong pool)
    {
        try
        {
            _database = KuzuDatabase.Open(_path, _options with { AutoCheckpoint = false, BufferPoolSize = pool });
            _writer = _database.Connect();
            WatermarkTable.IsThere(_writer);
            _sizes.Forget();
            _versions.Forget();
            return null;
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.BufferPoolFull || (error.Reason is KuzuErrorReason.Corrupt && LogLength() > 0))
        {
            // Whether a log is damaged or too large for the pool, the engine does not tell.
            return error;
        }
    }

    private void Close()
    {
        _writer?.Dispose();
        _database?.Dispose();
        (_writer, _database) = (null, null);
    }
}
