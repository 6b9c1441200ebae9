using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Moves the log into the file by closing the database and opening it again. The engine's own checkpoint in an open database leaves it in
/// a state in which relationships that come and go end the process.
/// </summary>
internal sealed partial class KuzuProjection
{
    /// <summary>How long those who read are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ReadGate _gate = new();
    private ulong _longestLog;

    /// <summary>
    /// Checkpoints where the log has become long. If somebody goes on reading, or the database can't be closed and opened, a later batch
    /// tries again: the batch at hand is durable, so that must not fail it.
    /// </summary>
    private async ValueTask CheckpointAsync()
    {
        var log = LogLength();
        if (!_options.AutoCheckpoint || log < Math.Max(_longestLog, _options.CheckpointThreshold)) return;
        _longestLog = 2 * log;
        try
        {
            if (await TryReopenAsync().ConfigureAwait(false)) _longestLog = 0;
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
}
