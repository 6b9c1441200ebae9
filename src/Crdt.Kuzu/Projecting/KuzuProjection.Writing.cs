using Crdt.Codec;
using Crdt.Kuzu.Binding;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>Writes batches: as one transaction with the watermark, in statements as large as memory allows.</summary>
internal sealed partial class KuzuProjection
{
    /// <summary>
    /// How many rows go into one statement, then how many when memory is short; at last no statement joins any more. The first is tried
    /// twice, for in between the database is closed and opened again.
    /// </summary>
    private static readonly (int Chunk, bool ByKey)[] Ways = [(5_000, false), (5_000, false), (1_250, false), (312, false), (312, true)];

    /// <summary>The statement of a transaction's commit.</summary>
    private const string Commit = "COMMIT";

    public async ValueTask ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken = default)
    {
        // A checkpoint may have failed to open it again.
        if (_database is null && _lease is not null) await Task.Run(Reopen, cancellationToken).ConfigureAwait(false);
        await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        await CheckpointAsync().ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(batch, cancellationToken).ConfigureAwait(false) is not { } error) return;
        if (!IsOfRebuild(batch) || RebuildPart.Halves(batch) is not var (first, second)) throw Refused(error);
        await WriteAsync(first, cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(second, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ProjectionException failure)
        {
            // The first part is in, so only a rebuild leads on.
            throw new ProjectionException(failure.Message, failure.InnerException) { IsTooLarge = true };
        }
    }

    /// <summary>Writes a batch in ways that need less and less memory.</summary>
    /// <returns>The error where memory does not suffice even for the last of them; the batch is rolled back then.</returns>
    private async ValueTask<KuzuException?> TryWriteAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        KuzuException? last = null;
        foreach (var (chunk, byKey) in Ways)
        {
            // What was rolled back for want of memory still fills it, and bars the rows that it had updated.
            if (last is not null) await TryReopenAsync().ConfigureAwait(false);
            last = await Task.Run(() => TryWrite(batch, chunk, byKey), cancellationToken).ConfigureAwait(false);
            if (last is null) return null;
        }

        return last;
    }

    private KuzuException? TryWrite(ProjectionBatch batch, int chunk, bool byKey)
    {
        try
        {
            Write(batch, chunk, byKey);
            return null;
        }
        catch (WireFormatException error)
        {
            _sizes.Forget();
            throw new ProjectionException($"A batch holds a state that can't be read: {error.Message}", error);
        }
        catch (KuzuException error)
        {
            _sizes.Forget();
            // A batch whose commit failed in its checkpoint is durable.
            if (error.Reason is KuzuErrorReason.CheckpointFailed || (error.Statement == Commit && Shows(batch))) return null;
            return error.Reason is KuzuErrorReason.BufferPoolFull or KuzuErrorReason.WriteConflict ? error : throw Refused(error);
        }
    }

    private static ProjectionException Refused(KuzuException error) =>
        new($"The graph database refused a batch: {error.Message}", error) { IsTooLarge = error.Reason is KuzuErrorReason.BufferPoolFull };

    private void Write(ProjectionBatch batch, int chunk, bool byKey)
    {
        using var transaction = Writer.BeginTransaction();
        new BatchWriter(Writer, _tables, _sizes, _versions, _options.MaxThreads, chunk, byKey).Write(batch);
        WatermarkTable.Write(Writer, batch.Watermark ?? WatermarkTable.Incomplete);
        transaction.Commit();
        _versions.Committed();
    }

    private bool Shows(ProjectionBatch batch) => batch.Watermark is { } watermark && CurrentWatermark() == watermark;

    private bool IsOfRebuild(ProjectionBatch batch) => batch.Watermark is null || CurrentWatermark() is 0 or WatermarkTable.Incomplete;

    private long? CurrentWatermark()
    {
        try
        {
            return WatermarkTable.Read(Writer, _tables.Values);
        }
        catch (KuzuException)
        {
            return null;
        }
    }
}
