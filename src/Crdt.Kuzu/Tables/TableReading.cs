using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>The statements that read a table back. Each gives what names a row, the keys of the ends first, and then its columns.</summary>
/// <param name="table">The table.</param>
internal sealed class TableReading(TableShape table)
{
    /// <summary>The parameters of <see cref="Page"/>: the first offset, and the first one behind the page.</summary>
    public const string FromParameter = "from", ToParameter = "to";

    /// <summary>The parameters of <see cref="Sample"/>: the offsets, and how many rows are enough.</summary>
    public const string OffsetsParameter = "offsets", LimitParameter = "limit";

    private EntityType Type => table.Type;

    public string Count => $"MATCH {Pattern} RETURN count(*)";

    /// <summary>The highest offset of the nodes that pages go by; NULL where there is none. A relationship's pages go by where it starts from.</summary>
    public string LastOffset => Type.IsRelationship
        ? $"MATCH (a:{CypherName.Quote(Type.Source.Table)}) RETURN max(offset(id(a)))"
        : $"MATCH (e:{table.Table}) RETURN max(offset(id(e)))";

    /// <summary>
    /// Reads a page. The engine has no order to go on in but that of its offsets, which a row keeps; SKIP would read what it skips, in an
    /// order that may change.
    /// </summary>
    public string Page => $"MATCH {Pattern} WHERE {Offset} >= ${FromParameter} AND {Offset} < ${ToParameter} RETURN {Columns}";

    /// <summary>Reads the rows at some offsets.</summary>
    public string Sample => $"MATCH {Pattern} WHERE {Offset} IN ${OffsetsParameter} RETURN {Columns} LIMIT ${LimitParameter}";

    /// <summary>Gives one row for which every value has to be read.</summary>
    public string ReadThrough => $"MATCH {Pattern} RETURN {Named(Expressions.Select(value => $"max(hash({value}))"))}";

    /// <summary>Finds a row through the index, by the parameters of <see cref="Projecting.RowWriter.BindIdentity"/>.</summary>
    public string Find => $"MATCH {Pattern} WHERE {string.Join(" AND ", table.IdentityFields.Zip(Identity, (key, column) => $"{column} = ${key.Name}"))} RETURN {Columns}";

    private string Pattern => Type.IsRelationship
        ? $"(a:{CypherName.Quote(Type.Source.Table)})-[e:{table.Table}]->(b:{CypherName.Quote(Type.Target.Table)})"
        : $"(e:{table.Table})";

    private string Offset => $"offset(id({(Type.IsRelationship ? "a" : "e")}))";

    private string Columns => Named(Expressions);

    private IEnumerable<string> Expressions => Identity.Concat(table.ColumnNames.Select(name => $"e.{CypherName.Quote(name)}"));

    private IReadOnlyList<string> Identity
    {
        get
        {
            var identity = new List<string>();
            if (Type.IsRelationship)
            {
                identity.Add($"a.{CypherName.Quote(Type.Source.Key!.Column)}");
                identity.Add($"b.{CypherName.Quote(Type.Target.Key!.Column)}");
            }

            if (Type.Key is { } key) identity.Add($"e.{CypherName.Quote(key.Column)}");
            return identity;
        }
    }

    // Both ends of a relationship may have a key of one name, so columns are numbered.
    private static string Named(IEnumerable<string> expressions) => string.Join(", ", expressions.Select((expression, i) => $"{expression} AS v{i}"));
}
