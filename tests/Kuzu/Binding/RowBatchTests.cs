using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

public sealed class RowBatchTests : IDisposable
{
    private readonly KuzuDatabase _database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
    private readonly KuzuConnection _connection;

    public RowBatchTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Nodes_and_relationships_are_copied_and_the_builder_is_reused()
    {
        _connection.Execute("CREATE NODE TABLE U (id INT64, name STRING, PRIMARY KEY (id)); CREATE REL TABLE F (FROM U TO U, since DATE)");
        using var nodes = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn("name", KuzuColumnType.String));
        using var copyNodes = _connection.Prepare("COPY U FROM (UNWIND $rows AS r RETURN r.id, r.name)");
        for (var chunk = 0; chunk < 3; chunk++)
        {
            nodes.Clear();
            for (var i = chunk * 1000; i < (chunk + 1) * 1000; i++)
                nodes.Append().Int64(i).String("näme"u8);
            copyNodes.Bind("rows", nodes).Execute();
        }

        using var rels = new KuzuRows(
            new KuzuColumn("f", KuzuColumnType.Int64), new KuzuColumn("t", KuzuColumnType.Int64), new KuzuColumn("since", KuzuColumnType.Date));
        for (var i = 1; i < 3000; i++)
            rels.Append().Int64(i - 1).Int64(i).Date(new DateOnly(2024, 1, 1).AddDays(i));
        using var copyRels = _connection.Prepare("COPY F FROM (UNWIND $rows AS r RETURN r.f, r.t, r.since)");
        copyRels.Bind("rows", rels).Execute();

        Assert.Equal((3000L, 2999L), (Scalar("MATCH (u:U) WHERE u.name = 'näme' RETURN count(*)"), Scalar("MATCH (:U)-[f:F]->(:U) RETURN count(*)")));
        Assert.Equal(1L, Scalar("MATCH (a:U)-[f:F]->(b:U) WHERE f.since = DATE('2024-01-02') AND a.id = 0 AND b.id = 1 RETURN count(*)"));
    }

    [Fact]
    public void NULL_may_stand_in_any_column_of_any_row_and_in_all_of_them()
    {
        _connection.Execute("CREATE NODE TABLE T (id INT64, a STRING, b DOUBLE, c STRING[], d BLOB, e UUID, f DECIMAL(10, 2), g TIMESTAMP, PRIMARY KEY (id))");
        KuzuColumn[] columns =
        [
            new("id", KuzuColumnType.Int64), new("a", KuzuColumnType.String), new("b", KuzuColumnType.Double),
            new("c", KuzuColumnType.List(KuzuColumnType.String)), new("d", KuzuColumnType.Blob), new("e", KuzuColumnType.Uuid),
            new("f", KuzuColumnType.Decimal(10, 2)), new("g", KuzuColumnType.Timestamp),
        ];
        var fields = string.Join(", ", columns.Select(c => c.Type.ParameterExpression("r." + CypherName.Quote(c.Name))));
        using var rows = new KuzuRows(columns);
        using var copy = _connection.Prepare($"COPY T FROM (UNWIND $rows AS r RETURN {fields})");
        for (var i = 0; i < 10; i++)
            rows.Append().Int64(i).Null().Null().Null().Null().Null().Null().Null();
        copy.Bind("rows", rows).Execute();
        rows.Clear();
        for (var i = 10; i < 138; i++)
            AppendSparse(rows, i);
        copy.Bind("rows", rows).Execute();

        Assert.Equal(10L, Scalar("MATCH (t:T) WHERE t.a IS NULL AND t.b IS NULL AND t.c IS NULL AND t.d IS NULL AND t.e IS NULL AND t.f IS NULL AND t.g IS NULL RETURN count(*)") - 1);
        using var result = _connection.Query("MATCH (t:T) WHERE t.id >= 10 RETURN t.* ORDER BY t.id");
        for (var i = 10; i < 138; i++)
        {
            Assert.True(result.Read());
            for (var column = 1; column < 8; column++)
                Assert.Equal(((i - 10) >> (column - 1) & 1) == 0, result.IsNull(column));
        }
    }

    [Fact]
    public void Lists_may_be_NULL_empty_and_filled_in_one_batch()
    {
        _connection.Execute("CREATE NODE TABLE L (id INT64, tags STRING[], ids UUID[], deep INT64[][], PRIMARY KEY (id))");
        var uuids = KuzuColumnType.List(KuzuColumnType.Uuid);
        using var rows = new KuzuRows(
            new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn("tags", KuzuColumnType.List(KuzuColumnType.String)),
            new KuzuColumn("ids", uuids), new KuzuColumn("deep", KuzuColumnType.List(KuzuColumnType.List(KuzuColumnType.Int64))));
        rows.Append().Int64(1).Null().Null().Null();
        rows.Append().Int64(2).BeginList().EndList().BeginList().EndList().BeginList().EndList();
        rows.Append().Int64(3).BeginList().String("a").Null().EndList().BeginList().Uuid(Guid.AllBitsSet).EndList()
            .BeginList().BeginList().EndList().BeginList().Int64(1).Int64(2).EndList().Null().EndList();
        using (var copy = _connection.Prepare($"COPY L FROM (UNWIND $rows AS r RETURN r.id, r.tags, {uuids.ParameterExpression("r.ids")}, r.deep)"))
            copy.Bind("rows", rows).Execute();

        using var result = _connection.Query("MATCH (l:L) RETURN l.tags, l.ids, l.deep ORDER BY l.id");
        Assert.True(result.Read());
        Assert.Null(result.GetValue(0));
        Assert.True(result.Read());
        Assert.Empty(Assert.IsType<object?[]>(result.GetValue(0)));
        Assert.Empty(Assert.IsType<object?[]>(result.GetValue(1)));
        Assert.Empty(Assert.IsType<object?[]>(result.GetValue(2)));
        Assert.True(result.Read());
        Assert.Equal(["a", null], Assert.IsType<object?[]>(result.GetValue(0)));
        Assert.Equal([Guid.AllBitsSet], Assert.IsType<object?[]>(result.GetValue(1)));
        var deep = Assert.IsType<object?[]>(result.GetValue(2));
        Assert.Empty(Assert.IsType<object?[]>(deep[0]));
        Assert.Equal([1L, 2L], Assert.IsType<object?[]>(deep[1]));
        Assert.Null(deep[2]);
    }

    [Fact]
    public void No_rows_are_an_empty_list_of_their_type()
    {
        _connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64));
        using var create = _connection.Prepare("UNWIND $rows AS r CREATE (:U {id: r.id})");
        create.Bind("rows", rows).Execute();
        using var copy = _connection.Prepare("COPY U FROM (UNWIND $rows AS r RETURN r.id)");
        copy.Bind("rows", rows).Execute();
        Assert.Equal(0L, Scalar("MATCH (u:U) RETURN count(*)"));
    }

    [Fact]
    public void A_batch_is_split_without_being_built_again()
    {
        _connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64));
        for (var i = 0; i < 100; i++)
            rows.Append().Int64(i);
        using var copy = _connection.Prepare("COPY U FROM (UNWIND $rows AS r RETURN r.id)");
        copy.Bind("rows", rows, 0, 60).Execute();
        Assert.Equal(60L, Scalar("MATCH (u:U) RETURN count(*)"));
        copy.Bind("rows", rows, 60, 40).Execute();
        Assert.Equal(100L, Scalar("MATCH (u:U) RETURN count(*)"));
        Assert.Throws<ArgumentOutOfRangeException>(() => copy.Bind("rows", rows, 60, 41));
        Assert.Throws<ArgumentOutOfRangeException>(() => copy.Bind("rows", rows, -1, 1));
    }

    [Fact]
    public void Plain_values_make_a_list_of_keys()
    {
        _connection.Execute("CREATE NODE TABLE U (id STRING, PRIMARY KEY (id)); UNWIND range(1, 50) AS i CREATE (:U {id: CAST(i AS STRING)})");
        using var keys = KuzuRows.OfValues(KuzuColumnType.String);
        keys.Append().String("7");
        keys.Append().String("8"u8);
        keys.Append().Null();
        using (var delete = _connection.Prepare("UNWIND $keys AS k MATCH (u:U) WHERE u.id = k DETACH DELETE u"))
            delete.Bind("keys", keys).Execute();
        Assert.Equal(48L, Scalar("MATCH (u:U) RETURN count(*)"));
    }

    // The zeros are the engine's error: the projection has no struct that is NULL.
    [Fact]
    public void Structs_nest_and_fields_of_one_that_is_NULL_read_as_zeros()
    {
        var inner = KuzuColumnType.Struct(new KuzuColumn("Größe", KuzuColumnType.Double), new KuzuColumn("match", KuzuColumnType.List(KuzuColumnType.String)));
        var type = KuzuColumnType.Struct(new KuzuColumn("a", KuzuColumnType.Int64), new KuzuColumn("inner", inner));
        _connection.Execute($"CREATE NODE TABLE S (id INT64, s {type}, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn("s", type));
        rows.Append().Int64(1).BeginStruct().Int64(5).BeginStruct().Double(1.5).BeginList().String("x").Null().EndList().EndStruct().EndStruct();
        rows.Append().Int64(2).BeginStruct().Null().Null().EndStruct();
        rows.Append().Int64(3).Null();
        using (var create = _connection.Prepare("UNWIND $rows AS r CREATE (:S {id: r.id, s: r.s})"))
            create.Bind("rows", rows).Execute();
        using var result = _connection.Query("MATCH (e:S) RETURN e.s.a, e.s.inner.`Größe`, size(e.s.inner.match), e.s IS NULL ORDER BY e.id");
        var shown = new List<object?[]>();
        while (result.Read()) shown.Add([result.GetValue(0), result.GetValue(1), result.GetValue(2), result.GetValue(3)]);
        Assert.Equal([[5L, 1.5, 2L, false], [null, 0d, 0L, false], [0L, 0d, 0L, true]], shown);
    }

    [Fact]
    public void A_struct_is_complete_when_it_ends()
    {
        var type = KuzuColumnType.Struct(new KuzuColumn("a", KuzuColumnType.Int64), new KuzuColumn("b", KuzuColumnType.String));
        using var rows = new KuzuRows(new KuzuColumn("s", type));
        rows.Append().BeginStruct().Int64(1);
        Assert.Throws<InvalidOperationException>(() => rows.EndStruct());
        Assert.Throws<InvalidOperationException>(() => rows.EndList());
        rows.String("x");
        Assert.Throws<InvalidOperationException>(() => rows.Int64(2));
        Assert.Equal(1, rows.EndStruct().Count);
    }

    [Fact]
    public void A_struct_has_fields_whose_names_differ_and_that_need_no_cast()
    {
        Assert.Throws<ArgumentException>(() => KuzuColumnType.Struct());
        Assert.Throws<ArgumentException>(() => KuzuColumnType.Struct(new KuzuColumn("a", KuzuColumnType.Int64), new KuzuColumn("A", KuzuColumnType.Int64)));
        Assert.Throws<ArgumentException>(() => KuzuColumnType.Struct(new KuzuColumn("a) , b (", KuzuColumnType.Int64)));
        Assert.Throws<ArgumentException>(() => KuzuColumnType.Struct(new KuzuColumn("Order", KuzuColumnType.Int64)));
        Assert.Throws<ArgumentException>(() => KuzuColumnType.Struct(new KuzuColumn("a", KuzuColumnType.List(KuzuColumnType.Uuid))));
    }

    [Fact]
    public void Misuse_is_an_error_and_leaves_the_builder_usable()
    {
        using var rows = new KuzuRows(new KuzuColumn("a", KuzuColumnType.Int64), new KuzuColumn("b", KuzuColumnType.String));
        Assert.Throws<InvalidOperationException>(() => rows.Int64(1));
        rows.Append();
        Assert.Throws<InvalidOperationException>(() => rows.String("x"));
        Assert.Throws<InvalidOperationException>(() => rows.BeginList());
        rows.Int64(1);
        Assert.Throws<InvalidOperationException>(() => rows.Append());
        Assert.Throws<ArgumentException>(() => rows.String("a\0b"));
        Assert.Throws<ArgumentException>(() => rows.String([0x61, 0x00]));
        Assert.Throws<ArgumentException>(() => rows.String([0xC3, 0x28]));
        Assert.Throws<InvalidOperationException>(() => rows.EndList());
        using (var statement = _connection.Prepare("UNWIND $rows AS r RETURN r.a"))
            Assert.Throws<InvalidOperationException>(() => statement.Bind("rows", rows));
        rows.DiscardRow();
        Assert.Equal(0, rows.Count);
        rows.Append().Int64(2).String("b");
        Assert.Throws<InvalidOperationException>(() => rows.Int64(3));
        Assert.Equal(1, rows.Count);
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rows.Append());
    }

    [Fact]
    public void Columns_need_names_that_differ()
    {
        Assert.Throws<ArgumentException>(() => new KuzuRows());
        Assert.Throws<ArgumentException>(() => new KuzuRows(new KuzuColumn("a b", KuzuColumnType.Int64)));
        Assert.Throws<ArgumentException>(() => new KuzuRows(new KuzuColumn("a", KuzuColumnType.Int64), new KuzuColumn("A", KuzuColumnType.Int64)));
    }

    [Fact]
    public void A_batch_larger_than_the_pool_says_so_and_halves_of_it_go_in()
    {
        using var folder = new ScratchFolder();
        using var database = folder.Open(ScratchFolder.Small with { BufferPoolSize = 16UL << 20 });
        using var connection = database.Connect();
        connection.Execute("CREATE NODE TABLE U (id INT64, text STRING, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn("text", KuzuColumnType.String));
        var text = new string('x', 4000);
        for (var i = 0; i < 8000; i++)
            rows.Append().Int64(i).String(text);
        using var create = connection.Prepare("UNWIND $rows AS r CREATE (:U {id: r.id, text: r.text})");
        var error = Assert.Throws<KuzuException>(() => create.Bind("rows", rows).Execute());
        Assert.Equal(KuzuErrorReason.BufferPoolFull, error.Reason);
        for (var start = 0; start < rows.Count; start += 500)
            create.Bind("rows", rows, start, 500).Execute();
        using var result = connection.Query("MATCH (u:U) RETURN count(*)");
        Assert.True(result.Read());
        Assert.Equal(8000, result.GetInt64(0));
    }

    /// <summary>A row that has a value where its number, less ten, has a bit.</summary>
    private static void AppendSparse(KuzuRows rows, int number)
    {
        rows.Append().Int64(number);
        Put(0, () => rows.String("a"));
        Put(1, () => rows.Double(1.5));
        Put(2, () => rows.BeginList().String("x").EndList());
        Put(3, () => rows.Blob([0, 1]));
        Put(4, () => rows.Uuid(Guid.AllBitsSet));
        Put(5, () => rows.Decimal(-0.01m));
        Put(6, () => rows.Timestamp(DateTime.UnixEpoch));

        void Put(int bit, Func<KuzuRows> value) => _ = ((number - 10) >> bit & 1) == 1 ? value() : rows.Null();
    }

    private long Scalar(string cypher)
    {
        using var result = _connection.Query(cypher);
        Assert.True(result.Read());
        return result.GetInt64(0);
    }
}
