using Crdt.Entities;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Capturing;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

internal sealed partial class KuzuProjection : IProjectionCapture
{
    public bool CanBeWritten => _seal.MayBeWritten;

    public bool HasDirectWrites => _seal.IsWritten;

    public async ValueTask WriteDirectlyAsync(string statements, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken = default)
    {
        await Task.Run(() => Guarded(_seal.MarkWritten), cancellationToken).ConfigureAwait(false);
        await Task.Run(() => WriteDirectly(statements, parameters, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<CapturedRow>> CaptureRowsAsync(EntityType type, IReadOnlyList<EntityId> entities, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<CapturedRow>>(type, table => table.Capture(entities), cancellationToken);

    private void WriteDirectly(string statements, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken)
    {
        var watermark = CurrentWatermark();
        try
        {
            Run(statements, parameters, cancellationToken);
        }
        finally
        {
            if (watermark is { } shown) RestoreWatermark(shown);
        }
    }

    private void RestoreWatermark(long watermark)
    {
        try
        {
            WatermarkTable.Restore(Writer, _tables.Values, watermark, Origin);
        }
        catch (KuzuException error)
        {
            throw new ProjectionException($"What says how far the database is can't be written: {error.Message}", error);
        }
    }

    private void Run(string statements, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken)
    {
        // On a connection of its own, so that whatever the statements leave behind ends with it.
        using var writer = Database.Connect();
        using var interrupt = cancellationToken.Register(writer.Interrupt);
        try
        {
            using var statement = parameters is { Count: > 0 } ? writer.Prepare(statements) : null;
            foreach (var (name, value) in parameters ?? new Dictionary<string, object?>()) QueryParameter.Bind(statement!, name, value);
            using var result = statement is null ? writer.Query(statements) : statement.Query();
            while (result.NextResult())
            {
                // Its rows are nothing that was asked for.
            }

            if (EndTransaction(writer)) throw new ProjectionException("The statements began a transaction and didn't end it, so it was rolled back. What stood before it was captured.");
        }
        catch (KuzuException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProjectionException($"The statement failed: {error.Message}", error);
        }
    }

    /// <summary>Rolls back what is still open; whether anything was.</summary>
    private static bool EndTransaction(KuzuConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
            return true;
        }
        catch (KuzuException)
        {
            return false;
        }
    }
}
