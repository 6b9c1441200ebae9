using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

internal sealed partial class KuzuProjection : IProjectionMigration
{
    public ProjectionMigration? Migration { get; private set; }

    public async ValueTask CompleteMigrationAsync(CancellationToken cancellationToken = default)
    {
        await Task.Run(() => Guarded(() => WatermarkTable.EndMigration(Writer)), cancellationToken).ConfigureAwait(false);
        Migration = null;
    }

    /// <summary>
    /// Leads tables of another schema to those of this one, where the rows can stay: it adds tables and columns. What they show is written
    /// afterwards, and until then the database itself says that it is missing.
    /// </summary>
    /// <returns>The watermark; null where the database has to be begun anew.</returns>
    private long? Migrate()
    {
        // Columns that are new show nothing yet, which must not be taken for something that others have written.
        if (_seal.IsWritten || WatermarkTable.ReadLayouts(Writer) is not { } before) return null;
        if (LayoutMigration.Find(before, _tables.Values) is not { } migration) return null;
        foreach (var statement in migration.Statements) Writer.Execute(statement);
        WatermarkTable.Migrate(Writer, _tables.Values, migration);
        return WatermarkTable.Read(Writer, _tables.Values);
    }

    /// <summary>Finds out what is still to be written, whether the migration was begun now or by a process that ended.</summary>
    private void ResumeMigration()
    {
        var tables = WatermarkTable.ReadMigration(Writer);
        Migration = tables is null ? null : new(TypesOf('+'), TypesOf('~'));

        Schema.EntityType[] TypesOf(char mark) => [.. _tables.Values.Where(table => tables.Contains(mark + table.Table)).Select(table => table.Type)];
    }
}
