using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>The table of an entity type: its columns, its DDL and the statements that write to it.</summary>
internal sealed class TableShape
{
    /// <summary>Names of the rows' fields, and of the parameters of statements by key: the key of a node or discriminator of a relationship, and the keys of both ends.</summary>
    public const string KeyField = "k", SourceField = "f", TargetField = "t";

    private readonly KuzuColumnType[] _columns;
    private readonly Func<IReadOnlyList<KuzuColumn>, string> _unwind;

    /// <param name="type">The type.</param>
    /// <param name="unwind">How a statement gets variables out of its rows, by the names of their fields; as structs in the parameter <c>$rows</c> where it is null.</param>
    /// <exception cref="Crdt.Projection.ProjectionException">The engine can't have a table or a column of that name.</exception>
    public TableShape(EntityType type, Func<IReadOnlyList<KuzuColumn>, string>? unwind = null)
    {
        TableNames.Check(type);
        _unwind = unwind ?? UnwindStructs;
        Type = type;
        Table = CypherName.Quote(type.Table);
        _columns = [.. type.Fields.Select(Tables.ColumnTypes.Of)];
        ColumnNames = [.. type.Fields.Select(shown => shown.Column)];
    }

    public EntityType Type { get; }

    /// <summary>The table's name, quoted.</summary>
    public string Table { get; }

    /// <summary>The statement that creates the table.</summary>
    public string Ddl => Define("");

    /// <summary>The statement that creates the table where it isn't there.</summary>
    public string DdlIfMissing => Define("IF NOT EXISTS ");

    /// <summary>What the table is made for.</summary>
    public TableLayout Layout => new(Table, IdentityOf(Type), [.. Type.Fields.Zip(_columns, (shown, type) => new ColumnLayout(CypherName.Quote(shown.Column), type.Cypher, ReadingOf(shown)))]);

    private string Define(string condition)
    {
        var columns = Type.Fields.Zip(_columns, (shown, type) => $"{CypherName.Quote(shown.Column)} {type.Cypher}").ToList();
        if (Type.Key is { } key) columns.Insert(0, KeyColumn(key));
        return Type.IsRelationship
            ? $"CREATE REL TABLE {condition}{Table}({string.Join(", ", columns.Prepend($"FROM {CypherName.Quote(Type.Source.Table)} TO {CypherName.Quote(Type.Target.Table)}"))})"
            : $"CREATE NODE TABLE {condition}{Table}({string.Join(", ", columns)}, PRIMARY KEY({CypherName.Quote(Type.Key.Column)}))";
    }

    private static string IdentityOf(EntityType type)
    {
        var key = type.Key is { } own ? KeyColumn(own) : "";
        return type.IsRelationship ? $"{CypherName.Quote(type.Source.Table)}-[{key}]->{CypherName.Quote(type.Target.Table)}" : $"({key})";
    }

    private static string KeyColumn(KeySchema key) => $"{CypherName.Quote(key.Column)} {Tables.ColumnTypes.Of(key).Cypher}";

    private static string ReadingOf(FieldSchema shown) => $"{shown.Kind} {shown.Key} {shown.Value} {(shown.Nullable ? "?" : "")}{string.Join(",", NamesOf(shown))}";

    private IReadOnlyList<KuzuColumn> ColumnFields => [.. _columns.Select((type, i) => new KuzuColumn(FieldName(i), type))];

    /// <summary>The columns that show fields, by their names in the database.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Their types.</summary>
    public IReadOnlyList<KuzuColumnType> ColumnTypes => _columns;

    /// <summary>The fields of a row: what names it, then its columns.</summary>
    public IReadOnlyList<KuzuColumn> RowFields => [.. IdentityFields, .. ColumnFields];

    /// <summary>The fields of a row that name it: the keys of the ends, then its own.</summary>
    public IReadOnlyList<KuzuColumn> IdentityFields
    {
        get
        {
            var fields = new List<KuzuColumn>();
            if (Type.IsRelationship)
            {
                fields.Add(new(SourceField, Tables.ColumnTypes.Of(Type.Source.Key!)));
                fields.Add(new(TargetField, Tables.ColumnTypes.Of(Type.Target.Key!)));
            }

            if (Type.Key is { } key) fields.Add(new(KeyField, Tables.ColumnTypes.Of(key)));
            return fields;
        }
    }

    /// <summary>
    /// Creates rows. Never by COPY: rolling one back destroys committed rows on this engine (<c>docs/kuzu.md</c>). Relationships
    /// look their ends up, in one of two ways: for many rows by a join, which reads the ends' tables as a whole and holds
    /// their keys in memory, and for a row at a time through the index.
    /// </summary>
    public WriteStatement Create(bool byKey)
    {
        if (!Type.IsRelationship) return new($"{Unwind(RowFields)}CREATE (:{Table} {{{Assignments(": ", "", "")}}})", RowFields, IsByKey: false);
        var (sign, columnSign, fields) = Signs(byKey);
        var carried = byKey ? fields : fields.Skip(1);
        return new(
            $"{Unwind(fields)}MATCH (a:{SourceTable}) WHERE a.{SourceKey} = {sign}{SourceField} WITH {Names(["a", .. carried.Select(field => field.Name)])} "
            + $"MATCH (b:{TargetTable}) WHERE b.{TargetKey} = {sign}{TargetField} CREATE (a)-[:{Table} {{{Assignments(": ", sign, columnSign)}}}]->(b)",
            fields,
            byKey,
            columnSign.Length > 0);
    }

    /// <summary>Updates all columns; null where there is none to update. <paramref name="byKey"/> is as in <see cref="Create"/>.</summary>
    public WriteStatement? Update(bool byKey)
    {
        if (_columns.Length == 0) return null;
        var (sign, columnSign, fields) = Signs(byKey);
        return new($"{Unwind(fields)}MATCH {RowPattern(sign)} SET {Names(FieldAssignments(" = ", columnSign).Select(set => "e." + set))}", fields, byKey, columnSign.Length > 0);
    }

    /// <summary>Deletes rows; a node's relationships go with it. <paramref name="byKey"/> is as in <see cref="Create"/>.</summary>
    public WriteStatement Delete(bool byKey)
    {
        var (sign, fields) = byKey ? ("$", []) : ("", IdentityFields);
        return new($"{Unwind(fields)}MATCH {RowPattern(sign)} {(Type.IsRelationship ? "DELETE" : "DETACH DELETE")} e", fields, byKey);
    }

    /// <summary>
    /// Where a statement finds what names a row and what is in its columns: among the fields of the row that it unwinds, or in parameters of
    /// their own, which costs half as much for a single row. No parameter can be a struct, nor may one that is cast be NULL.
    /// </summary>
    private (string Sign, string ColumnSign, IReadOnlyList<KuzuColumn> Fields) Signs(bool byKey)
    {
        if (!byKey) return ("", "", RowFields);
        return Array.Exists(_columns, column => column.NeedsCast || column.Kind == KuzuColumnKind.Struct) ? ("$", "", ColumnFields) : ("$", "$", []);
    }

    private string SourceTable => CypherName.Quote(Type.Source!.Table);

    private string TargetTable => CypherName.Quote(Type.Target!.Table);

    private string SourceKey => CypherName.Quote(Type.Source!.Key!.Column);

    private string TargetKey => CypherName.Quote(Type.Target!.Key!.Column);

    private string RowPattern(string sign)
    {
        var key = Type.Key is null ? "" : $"e.{CypherName.Quote(Type.Key.Column)} = {sign}{KeyField}";
        if (!Type.IsRelationship) return $"(e:{Table}) WHERE {key}";
        var ends = $"a.{SourceKey} = {sign}{SourceField} AND b.{TargetKey} = {sign}{TargetField}";
        return $"(a:{SourceTable})-[e:{Table}]->(b:{TargetTable}) WHERE {(key.Length == 0 ? ends : $"{ends} AND {key}")}";
    }

    /// <summary>
    /// Takes the rows apart into variables. A MATCH that compares with a field of a struct scans the table for every row; with
    /// a variable it is a hash join over the batch.
    /// </summary>
    private string Unwind(IReadOnlyList<KuzuColumn> fields) => fields.Count == 0 ? "" : _unwind(fields);

    private static string UnwindStructs(IReadOnlyList<KuzuColumn> fields) => $"UNWIND $rows AS r WITH {Names(fields.Select(field => $"r.{field.Name} AS {field.Name}"))} ";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private string Assignments(string separator, string sign, string columnSign)
    {
        var key = Type.Key is null ? [] : new[] { $"{CypherName.Quote(Type.Key.Column)}{separator}{sign}{KeyField}" };
        return Names(key.Concat(FieldAssignments(separator, columnSign)));
    }

    private IEnumerable<string> FieldAssignments(string separator, string sign) =>
        Type.Fields.Select((field, i) => $"{CypherName.Quote(field.Column)}{separator}{_columns[i].ParameterExpression(sign + FieldName(i))}");

    // Of all enums in it.
    private static IEnumerable<EnumName> NamesOf(FieldSchema field) => [.. field.Key?.Names ?? [], .. NamesOf(field.Value)];

    private static IEnumerable<EnumName> NamesOf(ValueSchema value) =>
        [.. value.Names, .. value.Element is { } element ? NamesOf(element) : [], .. value.Members.SelectMany(member => NamesOf(member.Value))];

    /// <summary>What a column is called as a field of a row, and as a parameter.</summary>
    public static string FieldName(int index) => $"c{index}";
}
