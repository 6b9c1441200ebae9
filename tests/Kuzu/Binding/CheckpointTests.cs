using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

/// <summary>
/// What the engine's checkpoint does to the types for many values in one, which is why no table of the projection has a column of one. Where
/// one of these fails, the engine has been mended, and the record of the decision can be looked at again.
/// </summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly KuzuDatabase _database;
    private readonly KuzuConnection _connection;

    public CheckpointTests()
    {
        _database = _folder.Open();
        _connection = _database.Connect();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_list_is_mixed_up_with_others_where_one_checkpoint_sees_an_update_and_an_insertion()
    {
        Execute("CREATE NODE TABLE T(id INT64, v INT64[], PRIMARY KEY(id))", "CREATE (:T {id: 1, v: [10, 20]})", "CHECKPOINT");
        Execute("MATCH (e:T) WHERE e.id = 1 SET e.v = [11, 12]", "CREATE (:T {id: 2, v: [13, 14, 15]})");
        Assert.Equal(new object?[] { 13L, 14L, 15L }, Second());
        Execute("CHECKPOINT");
        Assert.Equal(new object?[] { 10L, 20L, 11L }, Second());
    }

    [Fact]
    public void A_list_of_structs_loses_what_was_inserted_since_the_last_checkpoint()
    {
        Execute("CREATE NODE TABLE T(id INT64, v STRUCT(a INT64, b STRING)[], PRIMARY KEY(id))", "CREATE (:T {id: 1, v: []})", "CHECKPOINT");
        Execute("CREATE (:T {id: 2, v: [{a: 5, b: 'x'}]})", "CHECKPOINT");
        var item = Assert.IsType<Dictionary<string, object?>>(Assert.Single(Assert.IsType<object?[]>(Second())));
        Assert.Equal([0L, ""], item.Values);
    }

    [Fact]
    public void A_map_loses_what_was_inserted_since_the_last_checkpoint()
    {
        Execute("CREATE NODE TABLE T(id INT64, v MAP(STRING, INT64), PRIMARY KEY(id))", "CREATE (:T {id: 1, v: map([], [])})", "CHECKPOINT");
        Execute("CREATE (:T {id: 2, v: map(['a', 'b'], [1, 2])})", "CHECKPOINT");
        Assert.Equal([new("", 0L), new("", 0L)], Assert.IsType<KeyValuePair<object, object?>[]>(Second()));
    }

    /// <summary>What the projection shows with instead: text and structs of simple types, through the same.</summary>
    [Fact]
    public void Text_and_structs_stay_as_they_are()
    {
        Execute("CREATE NODE TABLE T(id INT64, v STRUCT(a INT64, b STRUCT(c STRING)), t STRING, PRIMARY KEY(id))", "CREATE (:T {id: 1, v: {a: 10, b: {c: 'x'}}, t: '[10]'})", "CHECKPOINT");
        Execute("MATCH (e:T) WHERE e.id = 1 SET e.v = {a: 11, b: {c: 'y'}}, e.t = '[11]'", "CREATE (:T {id: 2, v: {a: 12, b: {c: 'z'}}, t: '[12]'})", "CHECKPOINT");
        using var result = _connection.Query("MATCH (e:T) RETURN e.v.a, e.v.b.c, e.t ORDER BY e.id");
        var shown = new List<string>();
        while (result.Read()) shown.Add($"{result.GetValue(0)} {result.GetValue(1)} {result.GetValue(2)}");
        Assert.Equal(["11 y [11]", "12 z [12]"], shown);
    }

    private void Execute(params string[] statements)
    {
        foreach (var statement in statements) _connection.Execute(statement);
    }

    private object? Second()
    {
        using var result = _connection.Query("MATCH (e:T) WHERE e.id = 2 RETURN e.v");
        Assert.True(result.Read());
        return result.GetValue(0);
    }
}
