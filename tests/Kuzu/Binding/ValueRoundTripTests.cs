using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

public sealed class ValueRoundTripTests : IDisposable
{
    private readonly KuzuDatabase _database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
    private readonly KuzuConnection _connection;

    public ValueRoundTripTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    public static TheoryData<object> Scalars =>
    [
        true, false,
        sbyte.MinValue, sbyte.MaxValue, short.MinValue, short.MaxValue, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue,
        byte.MinValue, byte.MaxValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue,
        Int128.MaxValue, Int128.MinValue + 1, Int128.NegativeOne, Int128.Zero, (Int128)ulong.MaxValue + 1,
        float.MinValue, float.MaxValue, float.Epsilon, float.NaN, float.NegativeInfinity, -0f,
        double.MinValue, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, -0d,
        "", "plain", "'\"\\`$x", "Zürich 東京 🦀", "e\u0301", "\u00e9", new string('x', 100_000),
        Guid.Empty, Guid.AllBitsSet, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1970, 1, 1), new DateOnly(1969, 12, 31), new DateOnly(2000, 2, 29),
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), new DateTime(1969, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc),
        new DateTime(9999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc),
        new DateTimeOffset(2024, 2, 29, 12, 30, 15, 123, 456, TimeSpan.Zero),
        new KuzuNanoseconds(long.MaxValue), new KuzuNanoseconds(-1), new KuzuNanoseconds(0),
        new KuzuInterval(0, 0, 0), new KuzuInterval(14, -3, 86_400_000_001), new KuzuInterval(int.MaxValue, int.MinValue, long.MaxValue),
        new KuzuInternalId(3, 5),
        0m, 12345.678m, -0.001m, -0.01m, -0.1m, -0.999m, -1m, 9999999999999999.999m, -9999999999999999.999m,
        Array.Empty<byte>(), new byte[] { 0, 1, 2, 0 }, Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(),
    ];

    [Theory]
    [MemberData(nameof(Scalars), DisableDiscoveryEnumeration = true)]
    public void A_parameter_comes_back_as_it_went(object value)
    {
        var type = TypeOf(value);
        using var statement = _connection.Prepare($"RETURN {type.ParameterExpression("$x")} AS x");
        Bind(statement, value);
        using var result = statement.Query();
        Assert.True(result.Read());
        AssertSame(value, result.GetValue(0));
        Assert.False(result.Read());
    }

    [Theory]
    [MemberData(nameof(Scalars), DisableDiscoveryEnumeration = true)]
    public void A_stored_value_comes_back_as_it_went_and_NULL_beside_it(object value)
    {
        var type = TypeOf(value);
        if (value is KuzuInternalId)
            return;
        _connection.Execute($"CREATE NODE TABLE T (id INT64, x {type}, PRIMARY KEY (id))");
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64), new KuzuColumn("x", type));
        Append(rows.Append().Int64(1), value);
        rows.Append().Int64(2).Null();
        using (var copy = _connection.Prepare($"COPY T FROM (UNWIND $rows AS r RETURN r.id, {type.ParameterExpression("r.x")})"))
            copy.Bind("rows", rows).Execute();

        using var result = _connection.Query("MATCH (t:T) RETURN t.x ORDER BY t.id");
        Assert.True(result.Read());
        AssertSame(value, result.GetValue(0));
        Assert.True(result.Read());
        Assert.True(result.IsNull(0));
        Assert.Null(result.GetValue(0));
    }

    [Fact]
    public void Typed_getters_read_what_they_name_and_refuse_the_rest()
    {
        using var result = _connection.Query(
            "RETURN true, CAST(7 AS INT8), CAST(8 AS UINT64), CAST(1.5 AS FLOAT), 2.5, 'text', DATE('2024-02-29'), TIMESTAMP('2024-02-29 01:02:03.000004'), "
            + "INTERVAL('1 month 2 days'), UUID('00112233-4455-6677-8899-aabbccddeeff'), BLOB('\\\\x00\\\\xFF'), CAST('1.25' AS DECIMAL(38, 2)), NULL");
        Assert.True(result.Read());
        Assert.True(result.GetBoolean(0));
        Assert.Equal(7, result.GetInt64(1));
        Assert.Equal(8UL, result.GetUInt64(2));
        Assert.Equal(8, result.GetInt64(2));
        Assert.Equal(7, result.GetInt128(1));
        Assert.Equal(1.5f, result.GetSingle(3));
        Assert.Equal(2.5, result.GetDouble(4));
        Assert.Equal("text", result.GetString(5));
        Assert.Equal(new DateOnly(2024, 2, 29), result.GetDate(6));
        Assert.Equal(new DateTime(2024, 2, 29, 1, 2, 3, 0, 4, DateTimeKind.Utc), result.GetDateTime(7));
        Assert.Equal(1_709_168_523_000_004, result.GetRawTimestamp(7));
        Assert.Equal(new KuzuInterval(1, 2, 0), result.GetInterval(8));
        Assert.Equal(new Guid("00112233-4455-6677-8899-aabbccddeeff"), result.GetGuid(9));
        Assert.Equal([0, 255], result.GetBlob(10));
        Assert.Equal(1.25m, result.GetDecimal(11));
        Assert.Equal("1.25", result.GetDecimalText(11));
        Assert.True(result.IsNull(12));
        Assert.Throws<InvalidCastException>(() => result.GetInt64(12));
        Assert.Throws<InvalidCastException>(() => result.GetInt64(5));
        Assert.Throws<InvalidCastException>(() => result.GetString(0));
        Assert.Throws<InvalidCastException>(() => result.GetBlob(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.GetValue(13));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.GetValue(-1));
    }

    [Fact]
    public void Nested_values_are_read_whole()
    {
        using var result = _connection.Query(
            "RETURN [1, 2, NULL], CAST([1, 2] AS INT64[2]), {a: 1, b: 'x'}, map(['k', 'l'], [1, 2]), [[1], []], union_value(n := 5), [{a: NULL}]");
        Assert.True(result.Read());
        Assert.Equal([1L, 2L, null], Assert.IsType<object?[]>(result.GetValue(0)));
        Assert.Equal([1L, 2L], Assert.IsType<object?[]>(result.GetValue(1)));
        Assert.Equal(new Dictionary<string, object?> { ["a"] = 1L, ["b"] = "x" }, Assert.IsType<Dictionary<string, object?>>(result.GetValue(2)));
        Assert.Equal([new("k", 1L), new("l", 2L)], Assert.IsType<KeyValuePair<object, object?>[]>(result.GetValue(3)));
        var lists = Assert.IsType<object?[]>(result.GetValue(4));
        Assert.Equal([1L], Assert.IsType<object?[]>(lists[0]));
        Assert.Empty(Assert.IsType<object?[]>(lists[1]));
        Assert.Equal(5L, result.GetValue(5));
        var structs = Assert.IsType<object?[]>(result.GetValue(6));
        Assert.Null(Assert.IsType<Dictionary<string, object?>>(structs[0])["a"]);
    }

    [Fact]
    public void Nodes_relationships_and_paths_are_read_whole()
    {
        _connection.Execute(
            "CREATE NODE TABLE P (id INT64, name STRING, PRIMARY KEY (id)); CREATE REL TABLE K (FROM P TO P, since INT32);"
            + "CREATE (:P {id: 1, name: 'a'})-[:K {since: 7}]->(:P {id: 2})-[:K]->(:P {id: 3})");
        using var result = _connection.Query("MATCH (a:P)-[k:K]->(b:P) WHERE a.id = 1 MATCH p = (a)-[e:K*2..2]->(c:P) RETURN a, k, b, p, e, id(a)");
        Assert.True(result.Read());
        var a = Assert.IsType<KuzuNode>(result.GetValue(0));
        var k = Assert.IsType<KuzuRel>(result.GetValue(1));
        var b = Assert.IsType<KuzuNode>(result.GetValue(2));
        Assert.Equal(("P", 1L, "a"), (a.Label, (long)a.Properties["id"]!, (string)a.Properties["name"]!));
        Assert.Null(b.Properties["name"]);
        Assert.Equal(("K", 7), (k.Label, (int)k.Properties["since"]!));
        Assert.Equal((a.Id, b.Id), (k.Source, k.Target));
        Assert.Equal(a.Id, result.GetValue(5));
        var path = Assert.IsType<KuzuPath>(result.GetValue(3));
        Assert.Equal([1L, 2L, 3L], path.Nodes.Select(n => (long)n.Properties["id"]!));
        Assert.Equal(2, path.Rels.Count);
        Assert.Equal([2L], Assert.IsType<KuzuPath>(result.GetValue(4)).Nodes.Select(n => (long)n.Properties["id"]!));
    }

    [Fact]
    public void A_serial_is_an_integer()
    {
        _connection.Execute("CREATE NODE TABLE S (id SERIAL, x INT64, PRIMARY KEY (id)); CREATE (:S {x: 1}); CREATE (:S {x: 2})");
        using var result = _connection.Query("MATCH (s:S) RETURN s.id ORDER BY s.x");
        Assert.True(result.Read());
        Assert.Equal(0L, result.GetValue(0));
        Assert.True(result.Read());
        Assert.Equal(1, result.GetInt64(0));
    }

    [Fact]
    public void A_date_beyond_dotnets_years_is_an_error_and_not_another_date()
    {
        using var result = _connection.Query("RETURN DATE('12000-01-01'), TIMESTAMP('12000-01-01 00:00:00')");
        Assert.True(result.Read());
        Assert.Throws<OverflowException>(() => result.GetValue(0));
        Assert.Throws<OverflowException>(() => result.GetValue(1));
        Assert.Equal(316_516_204_800_000_000, result.GetRawTimestamp(1));
    }

    [Fact]
    public void A_decimal_of_38_digits_keeps_them_as_text()
    {
        var digits = new string('9', 36) + ".99";
        using var statement = _connection.Prepare("RETURN CAST($x AS DECIMAL(38, 2))");
        using var result = statement.Bind("x", digits).Query();
        Assert.True(result.Read());
        Assert.Equal(digits, result.GetValue(0));
        Assert.Equal(digits, result.GetDecimalText(0));
    }

    [Fact]
    public void A_time_finer_than_a_microsecond_is_rounded_down_on_both_sides_of_1970()
    {
        Assert.Equal(-1L, Raw(DateTime.UnixEpoch.AddTicks(-1)));
        Assert.Equal(-1L, Raw(DateTime.UnixEpoch.AddTicks(-10)));
        Assert.Equal(0L, Raw(DateTime.UnixEpoch.AddTicks(9)));

        long Raw(DateTime time)
        {
            using var statement = _connection.Prepare("RETURN $x");
            using var result = statement.Bind("x", time).Query();
            Assert.True(result.Read());
            return result.GetRawTimestamp(0);
        }
    }

    [Fact]
    public void A_local_time_is_refused()
    {
        using var statement = _connection.Prepare("RETURN $x");
        Assert.Throws<ArgumentException>(() => statement.Bind("x", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local)));
    }

    [Fact]
    public void Text_that_C_would_cut_is_refused()
    {
        using var statement = _connection.Prepare("RETURN $x");
        Assert.Throws<ArgumentException>(() => statement.Bind("x", "a\0b"));
        Assert.Throws<ArgumentException>(() => statement.Bind("x\0", "a"));
        Assert.Throws<ArgumentException>(() => statement.Bind("x", "\ud800"));
        Assert.Throws<ArgumentException>(() => _connection.Execute("RETURN 1\0; RETURN 2"));
    }

    private static KuzuColumnType TypeOf(object value) => value switch
    {
        bool => KuzuColumnType.Boolean,
        sbyte => KuzuColumnType.Int8,
        short => KuzuColumnType.Int16,
        int => KuzuColumnType.Int32,
        long => KuzuColumnType.Int64,
        byte => KuzuColumnType.UInt8,
        ushort => KuzuColumnType.UInt16,
        uint => KuzuColumnType.UInt32,
        ulong => KuzuColumnType.UInt64,
        Int128 => KuzuColumnType.Int128,
        float => KuzuColumnType.Single,
        double => KuzuColumnType.Double,
        Guid => KuzuColumnType.Uuid,
        DateOnly => KuzuColumnType.Date,
        DateTime => KuzuColumnType.Timestamp,
        DateTimeOffset => KuzuColumnType.TimestampTz,
        KuzuNanoseconds => KuzuColumnType.TimestampNs,
        KuzuInterval => KuzuColumnType.Interval,
        decimal => KuzuColumnType.Decimal(19, 3),
        byte[] => KuzuColumnType.Blob,
        _ => KuzuColumnType.String,
    };

    private static void Bind(KuzuStatement statement, object value) => _ = value switch
    {
        bool v => statement.Bind("x", v),
        sbyte v => statement.Bind("x", v),
        short v => statement.Bind("x", v),
        int v => statement.Bind("x", v),
        long v => statement.Bind("x", v),
        byte v => statement.Bind("x", v),
        ushort v => statement.Bind("x", v),
        uint v => statement.Bind("x", v),
        ulong v => statement.Bind("x", v),
        Int128 v => statement.Bind("x", v),
        float v => statement.Bind("x", v),
        double v => statement.Bind("x", v),
        Guid v => statement.Bind("x", v),
        DateOnly v => statement.Bind("x", v),
        DateTime v => statement.Bind("x", v),
        DateTimeOffset v => statement.Bind("x", v),
        KuzuNanoseconds v => statement.Bind("x", v),
        KuzuInterval v => statement.Bind("x", v),
        KuzuInternalId v => statement.Bind("x", v),
        decimal v => statement.Bind("x", v),
        byte[] v => statement.BindBlob("x", v),
        _ => statement.Bind("x", (string)value),
    };

    private static void Append(KuzuRows rows, object value) => _ = value switch
    {
        bool v => rows.Boolean(v),
        sbyte v => rows.Int8(v),
        short v => rows.Int16(v),
        int v => rows.Int32(v),
        long v => rows.Int64(v),
        byte v => rows.UInt8(v),
        ushort v => rows.UInt16(v),
        uint v => rows.UInt32(v),
        ulong v => rows.UInt64(v),
        Int128 v => rows.Int128(v),
        float v => rows.Single(v),
        double v => rows.Double(v),
        Guid v => rows.Uuid(v),
        DateOnly v => rows.Date(v),
        DateTime v => rows.Timestamp(v),
        DateTimeOffset v => rows.Timestamp(v.UtcDateTime),
        KuzuNanoseconds v => rows.RawTimestamp(v.SinceEpoch),
        KuzuInterval v => rows.Interval(v),
        decimal v => rows.Decimal(v),
        byte[] v => rows.Blob(v),
        _ => rows.String((string)value),
    };

    private static void AssertSame(object expected, object? actual)
    {
        Assert.IsType(expected.GetType(), actual);
        if (expected is double d)
            Assert.Equal(BitConverter.DoubleToInt64Bits(d), BitConverter.DoubleToInt64Bits((double)actual!));
        else if (expected is float f)
            Assert.Equal(BitConverter.SingleToInt32Bits(f), BitConverter.SingleToInt32Bits((float)actual!));
        else
            Assert.Equal(expected, actual);
    }
}
