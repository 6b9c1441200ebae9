using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>About how many nodes each table has: counted once, and then kept by what is written.</summary>
internal sealed class TableSizes
{
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>How many keys a join with the rows of a table reads: those of the nodes, or of both ends.</summary>
    public long KeysJoinedBy(TableShape table, KuzuConnection connection)
    {
        var type = table.Type;
        return type.IsRelationship ? CountOf(type.Source.Table, connection) + CountOf(type.Target.Table, connection) : CountOf(type.Table, connection);
    }

    /// <summary>Takes note of rows that came or went.</summary>
    public void Change(TableShape table, long rows)
    {
        if (_counts.TryGetValue(table.Type.Table, out var count)) _counts[table.Type.Table] = count + rows;
    }

    /// <summary>Forgets it all, for what was noted didn't come to be.</summary>
    public void Forget() => _counts.Clear();

    private long CountOf(string table, KuzuConnection connection)
    {
        if (_counts.TryGetValue(table, out var known)) return known;
        using var result = connection.Query($"MATCH (e:{CypherName.Quote(table)}) RETURN count(*)");
        return _counts[table] = result.Read() ? result.GetInt64(0) : 0;
    }
}
