using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>The table of an entity type: its columns, its DDL and the statements that write to it.</summary>
internal sealed class TableShape
{
    /// <summary>Names of the parameters' fields: the key of a node or discriminator of a relationship, and the keys of both ends.</summary>
    public const string KeyField = "k", SourceField = "f", TargetField = "t";

    private readonly KuzuColumnType[] _columns;

    public TableShape(EntityType type)
    {
        Type = type;
        Table = CypherName.Quote(type.Table);
        _columns = [.. type.Fields.Select(ColumnTypes.Of)];
    }

    public EntityType Type { get; }

    /// <summary>The table's name, quoted.</summary>
    public string Table { get; }

    /// <summary>The columns of the fields, in the order of the type's fields.</summary>
    public IReadOnlyList<KuzuColumnType> Columns => _columns;

    /// <summary>The statement that creates the table.</summary>
    public string Ddl
    {
        get
        {
            var columns = Type.Fields.Zip(_columns, (shown, type) => $"{CypherName.Quote(shown.Column)} {type.Cypher}").ToList();
            if (Type.Key is { } key) columns.Insert(0, $"{CypherName.Quote(key.Column)} {ColumnTypes.Of(key).Cypher}");
            return Type.IsRelationship
                ? $"CREATE REL TABLE {Table}({string.Join(", ", columns.Prepend($"FROM {CypherName.Quote(Type.Source.Table)} TO {CypherName.Quote(Type.Target.Table)}"))})"
                : $"CREATE NODE TABLE {Table}({string.Join(", ", columns)}, PRIMARY KEY({CypherName.Quote(Type.Key.Column)}))";
        }
    }

    /// <summary>The fields of the rows that create or update: identity, then one for each column.</summary>
    public KuzuColumn[] RowFields => [.. IdentityFields, .. _columns.Select((type, i) => new KuzuColumn(FieldName(i), type))];

    /// <summary>The fields of the rows that delete.</summary>
    public KuzuColumn[] IdentityFields
    {
        get
        {
            var fields = new List<KuzuColumn>();
            if (Type.IsRelationship)
            {
                fields.Add(new(SourceField, ColumnTypes.Of(Type.Source.Key!)));
                fields.Add(new(TargetField, ColumnTypes.Of(Type.Target.Key!)));
            }

            if (Type.Key is { } key) fields.Add(new(KeyField, ColumnTypes.Of(key)));
            return [.. fields];
        }
    }

    /// <summary>Creates rows in a batch of any size.</summary>
    public string Create => Type.IsRelationship
        ? $"COPY {Table} FROM (UNWIND $rows AS r RETURN {string.Join(", ", RowFields.Select(Parameter))})"
        : $"UNWIND $rows AS r CREATE (:{Table} {{{string.Join(", ", Assignments(": "))}}})";

    /// <summary>Creates a few relationships. COPY makes the engine checkpoint at the commit, which a small transaction shouldn't pay for.</summary>
    public string CreateFew => $"UNWIND $rows AS r MATCH {EndsPattern} CREATE (a)-[:{Table} {{{string.Join(", ", Assignments(": "))}}}]->(b)";

    /// <summary>Updates all columns; null where there is none to update.</summary>
    public string? Update => _columns.Length == 0 ? null : $"UNWIND $rows AS r MATCH {RowPattern} SET {string.Join(", ", FieldAssignments(" = ").Select(set => "e." + set))}";

    /// <summary>Deletes rows; a node's relationships go with it.</summary>
    public string Delete => $"UNWIND $rows AS r MATCH {RowPattern} {(Type.IsRelationship ? "DELETE" : "DETACH DELETE")} e";

    private string EndsPattern =>
        $"(a:{CypherName.Quote(Type.Source!.Table)}), (b:{CypherName.Quote(Type.Target!.Table)}) WHERE {EndsCondition}";

    private string EndsCondition =>
        $"a.{CypherName.Quote(Type.Source!.Key!.Column)} = r.{SourceField} AND b.{CypherName.Quote(Type.Target!.Key!.Column)} = r.{TargetField}";

    private string RowPattern => Type.IsRelationship
        ? $"(a:{CypherName.Quote(Type.Source.Table)})-[e:{Table}]->(b:{CypherName.Quote(Type.Target.Table)}) WHERE {EndsCondition}{(Type.Key is null ? "" : $" AND {KeyCondition}")}"
        : $"(e:{Table}) WHERE {KeyCondition}";

    private string KeyCondition => $"e.{CypherName.Quote(Type.Key!.Column)} = r.{KeyField}";

    private IEnumerable<string> Assignments(string separator)
    {
        var key = Type.Key is null ? [] : new[] { $"{CypherName.Quote(Type.Key.Column)}{separator}r.{KeyField}" };
        return key.Concat(FieldAssignments(separator));
    }

    private IEnumerable<string> FieldAssignments(string separator) =>
        Type.Fields.Select((field, i) => $"{CypherName.Quote(field.Column)}{separator}{Parameter(new(FieldName(i), _columns[i]))}");

    private static string Parameter(KuzuColumn field) => field.Type.ParameterExpression($"r.{field.Name}");

    private static string FieldName(int index) => $"c{index}";
}
