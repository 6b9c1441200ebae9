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

    /// <summary>Creates rows. Never by COPY: rolling one back destroys committed rows on this engine (<c>docs/kuzu.md</c>).</summary>
    public string Create => Type.IsRelationship
        ? $"{Unwind(RowFields)} MATCH (a:{SourceTable}) WHERE a.{SourceKey} = {SourceField} WITH a, {Names(RowFields.Skip(1))} "
            + $"MATCH (b:{TargetTable}) WHERE b.{TargetKey} = {TargetField} CREATE (a)-[:{Table} {{{Assignments(": ")}}}]->(b)"
        : $"{Unwind(RowFields)} CREATE (:{Table} {{{Assignments(": ")}}})";

    /// <summary>Updates all columns; null where there is none to update.</summary>
    public string? Update => _columns.Length == 0 ? null : $"{Unwind(RowFields)} MATCH {RowPattern} SET {string.Join(", ", FieldAssignments(" = ").Select(set => "e." + set))}";

    /// <summary>Deletes rows; a node's relationships go with it.</summary>
    public string Delete => $"{Unwind(IdentityFields)} MATCH {RowPattern} {(Type.IsRelationship ? "DELETE" : "DETACH DELETE")} e";

    private string SourceTable => CypherName.Quote(Type.Source!.Table);

    private string TargetTable => CypherName.Quote(Type.Target!.Table);

    private string SourceKey => CypherName.Quote(Type.Source!.Key!.Column);

    private string TargetKey => CypherName.Quote(Type.Target!.Key!.Column);

    private string RowPattern => Type.IsRelationship
        ? $"(a:{SourceTable})-[e:{Table}]->(b:{TargetTable}) WHERE a.{SourceKey} = {SourceField} AND b.{TargetKey} = {TargetField}{(Type.Key is null ? "" : $" AND {KeyCondition}")}"
        : $"(e:{Table}) WHERE {KeyCondition}";

    private string KeyCondition => $"e.{CypherName.Quote(Type.Key!.Column)} = {KeyField}";

    /// <summary>
    /// Takes the rows apart into variables. A MATCH that compares with a field of a struct scans the table for every row; with
    /// a variable it is a hash join over the batch.
    /// </summary>
    private static string Unwind(IEnumerable<KuzuColumn> fields) => $"UNWIND $rows AS r WITH {string.Join(", ", fields.Select(field => $"r.{field.Name} AS {field.Name}"))}";

    private static string Names(IEnumerable<KuzuColumn> fields) => string.Join(", ", fields.Select(field => field.Name));

    private string Assignments(string separator)
    {
        var key = Type.Key is null ? [] : new[] { $"{CypherName.Quote(Type.Key.Column)}{separator}{KeyField}" };
        return string.Join(", ", key.Concat(FieldAssignments(separator)));
    }

    private IEnumerable<string> FieldAssignments(string separator) =>
        Type.Fields.Select((field, i) => $"{CypherName.Quote(field.Column)}{separator}{_columns[i].ParameterExpression(FieldName(i))}");

    private static string FieldName(int index) => $"c{index}";
}
