using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Adopting;

/// <summary>The statements that read a table of the adopted database, in pages by the engine's offsets, which a row keeps.</summary>
internal sealed class SourceReading
{
    /// <summary>The parameters of a page: the first offset, and the first one behind it.</summary>
    public const string FromParameter = "from", ToParameter = "to";

    // Text ends at U+0000 in the C API, so the engine is asked whether there is any. No literal can hold it.
    private const string Zero = "decode(BLOB('\\\\x00'))";

    private readonly List<string> _expressions = [];
    private readonly string _pattern, _offset;

    private SourceReading(string pattern, string offset) => (_pattern, _offset) = (pattern, offset);

    public string Count => $"MATCH {_pattern} RETURN count(*)";

    /// <summary>The highest offset of the nodes that pages go by, which for relationships is that of where they start; NULL where there is none.</summary>
    public required string LastOffset { get; init; }

    public string Page => $"MATCH {_pattern} WHERE {Within} RETURN {string.Join(", ", _expressions.Select((expression, i) => $"{expression} AS v{i}"))}";

    /// <summary>How many relationships of a page have the same ends at most; NULL where it has none.</summary>
    public string MostParallel => $"MATCH {_pattern} WHERE {Within} WITH offset(id(a)) AS x, offset(id(b)) AS y, count(*) AS n RETURN max(n)";

    public int Width => _expressions.Count;

    private string Within => $"{_offset} >= ${FromParameter} AND {_offset} < ${ToParameter}";

    public static SourceReading OfNodes(string table) =>
        new($"(e:{SourceCatalog.Quote(table)})", "offset(id(e))") { LastOffset = $"MATCH (e:{SourceCatalog.Quote(table)}) RETURN max(offset(id(e)))" };

    public static SourceReading OfRelationships(string table, SourceConnection ends)
    {
        var (source, target) = (SourceCatalog.Quote(ends.Source), SourceCatalog.Quote(ends.Target));
        return new($"(a:{source})-[e:{SourceCatalog.Quote(table)}]->(b:{target})", "offset(id(a))") { LastOffset = $"MATCH (a:{source}) RETURN max(offset(id(a)))" };
    }

    /// <summary>Adds a column to the pages.</summary>
    /// <param name="variable">What it is a column of: <c>e</c>, or an end, <c>a</c> or <c>b</c>.</param>
    /// <param name="column">The column.</param>
    /// <param name="isUnion">Whether to ask for the alternative too.</param>
    public SourceCell Add(string variable, SourceColumn column, bool isUnion = false)
    {
        var value = $"{variable}.{SourceCatalog.Quote(column.Name)}";
        var at = Add(value);
        int? tag = isUnion ? Add($"union_tag({value})") : null;
        if (!column.Type!.HasText) return new(at, tag, null);
        var text = column.Type.Name == "STRING" ? value : $"CAST({value} AS STRING)";
        return new(at, tag, Add($"contains({text}, {Zero})"));
    }

    private int Add(string expression)
    {
        _expressions.Add(expression);
        return _expressions.Count - 1;
    }
}
