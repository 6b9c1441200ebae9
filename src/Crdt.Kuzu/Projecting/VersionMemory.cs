using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// About how many bytes of the pool hold what was written since the database was opened. The engine keeps a version of each column for each 2,048 rows that a
/// statement updates in it, one row being enough, until a checkpoint of a database that nobody else uses: 16 KB as measured, and twice that for relationships, which are stored by
/// either end. So some nine hundred updates of one row of four columns fill a pool of 64 MB, while the log holds 220 KB.
/// </summary>
internal sealed class VersionMemory
{
    private const int RowsPerVector = 2048;

    /// <summary>What a version of one column takes, with what is kept beside it.</summary>
    private const long PerVector = 20 << 10;

    /// <summary>What a statement leaves behind that adds rows or takes them out.</summary>
    private const long PerStatement = 4 << 10;

    /// <summary>How many bytes that are.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes note of rows of a table that were updated by statements of so many rows each.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="statements">By how many statements.</param>
    /// <param name="keys">How many rows there are.</param>
    public void Updated(TableShape table, long rows, long statements, long keys)
    {
        var vectors = Math.Min(rows, statements * ((keys / RowsPerVector) + 1));
        Bytes += vectors * table.ColumnNames.Count * (table.Type.IsRelationship ? 2 * PerVector : PerVector);
    }

    /// <summary>Takes note of statements that added rows or took them out.</summary>
    public void Written(long statements) => Bytes += statements * PerStatement;

    /// <summary>Takes note of the watermark, which is in each transaction.</summary>
    public void Committed() => Bytes += PerVector;

    /// <summary>The database was opened: nothing has been written since.</summary>
    public void Forget() => Bytes = 0;
}
