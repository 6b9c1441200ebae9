using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Adopting;

/// <summary>
/// Reads a table of the adopted database in pages. A page lies in the buffer pool as a whole while it is read, so one that doesn't fit is
/// halved; finding it costs the engine a look at the whole table, so that pages aren't smaller than they need be.
/// </summary>
/// <param name="connection">A connection to the database.</param>
/// <param name="reading">The statements.</param>
internal sealed class SourcePages(KuzuConnection connection, SourceReading reading)
{
    private const int PageOffsets = 16_384;

    /// <summary>How many rows there are.</summary>
    public long Count => Number(reading.Count) ?? 0;

    /// <summary>Whether two relationships have the same ends. It asks page by page, for the engine holds what it counts in memory.</summary>
    public bool HasParallel => Pages(reading.MostParallel).Any(page => page.Read() && !page.IsNull(0) && page.GetInt64(0) > 1);

    /// <summary>The rows, page by page. A page is good until the next one is asked for.</summary>
    public IEnumerable<KuzuResult> Read() => Pages(reading.Page);

    private IEnumerable<KuzuResult> Pages(string cypher)
    {
        if (Number(reading.LastOffset) is not { } last) yield break;
        using var statement = connection.Prepare(cypher);
        var (from, span) = (0L, PageOffsets);
        while (from <= last)
        {
            if (TryRead(statement, from, from + span) is not { } page)
            {
                span /= 2;
                continue;
            }

            using (page) yield return page;
            from += span;
            span = PageOffsets;
        }
    }

    // Null where the page doesn't fit into the pool and can be halved.
    private static KuzuResult? TryRead(KuzuStatement statement, long from, long to)
    {
        try
        {
            return statement.Bind(SourceReading.FromParameter, from).Bind(SourceReading.ToParameter, to).Query();
        }
        catch (KuzuException error) when (error.Reason is KuzuErrorReason.BufferPoolFull && to - from > 1)
        {
            return null;
        }
    }

    private long? Number(string cypher)
    {
        using var result = connection.Query(cypher);
        return result.Read() && !result.IsNull(0) ? result.GetInt64(0) : null;
    }
}
